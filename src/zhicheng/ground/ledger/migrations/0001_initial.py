"""Tables of the ledger and the trigger that links its entries."""

from typing import ClassVar

from django.db import migrations, models

LINK = """
CREATE FUNCTION ledger_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_chain AS chain (subject_kind, subject_id, length, head)
    VALUES (NEW.subject_kind, NEW.subject_id, 1, sha256(decode(repeat('00', 32), 'hex') || NEW.body))
    ON CONFLICT (subject_kind, subject_id) DO UPDATE
        SET length = chain.length + 1, head = sha256(chain.head || NEW.body)
    RETURNING length, head INTO NEW.number, NEW.hash;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_link BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_link();
"""
UNLINK = "DROP TRIGGER ledger_link ON ledger_entry; DROP FUNCTION ledger_link();"


class Migration(migrations.Migration):
    """The hash of an entry is SHA-256 of the previous hash and the entry's bytes, computed by the database."""

    initial = True
    dependencies: ClassVar = []
    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_kind",
                        "subject_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("length", models.IntegerField()),
                ("head", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("act", models.CharField(max_length=60)),
                ("actor", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("body", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor", "-id"], name="entry_actor"),
                    models.Index(fields=["act", "-id"], name="entry_act"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_id", "number"), name="entry_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Root",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("chains", models.IntegerField()),
                ("root", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(LINK, UNLINK),
    ]
