"""Nothing is its own ancestor: a trigger for any table with a parent column, used here for organizations."""

from django.db import migrations

# An update takes a lock, because two of them, each blind to the other, could close a cycle together. An
# insert needs none: the parent it names must have been committed before.
FUNCTION = """
CREATE FUNCTION refuse_cycle() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent_column text := TG_ARGV[0];
    parent bigint := (to_jsonb(NEW) ->> parent_column)::bigint;
    closes boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM pg_advisory_xact_lock(hashtext('refuse_cycle'), hashtext(TG_TABLE_NAME));
    END IF;
    EXECUTE format(
        'WITH RECURSIVE up(id) AS (
             SELECT $1
             UNION
             SELECT t.%1$I FROM %2$I t JOIN up ON t.id = up.id WHERE t.%1$I IS NOT NULL)
         SELECT EXISTS (SELECT FROM up WHERE id = $2)', parent_column, TG_TABLE_NAME)
        INTO closes USING parent, NEW.id;
    IF closes THEN
        RAISE EXCEPTION '% % would be its own ancestor', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER organization_no_cycle BEFORE INSERT OR UPDATE OF parent_id ON parties_organization
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION refuse_cycle('parent_id');
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_cycle()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER organization_no_cycle ON parties_organization"),
    ]
