"""No site lies in itself and nobody answers to themselves, at any distance."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION refuse_cycle('{column}');
"""


def _trigger(name: str, table: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        TRIGGER.format(name=name, table=table, column=column), f"DROP TRIGGER {name} ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("objects", "0001_initial"), ("parties", "0002_tree_without_cycles")]

    operations = [
        _trigger("site_no_cycle", "objects_site", "parent_id"),
        _trigger("responsibility_no_cycle", "objects_responsibility", "answers_to_id"),
    ]
