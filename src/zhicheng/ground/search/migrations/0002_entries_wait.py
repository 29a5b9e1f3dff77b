"""New search entries wait in a list of 128 kB before they are merged; the index is not built anew."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

WAIT = "ALTER INDEX search_entry_terms SET (fastupdate = on, gin_pending_list_limit = 128)"
MERGE = """
ALTER INDEX search_entry_terms SET (fastupdate = off);
ALTER INDEX search_entry_terms RESET (gin_pending_list_limit);
"""


class Migration(migrations.Migration):
    """Changes how the index is written, not what it holds."""

    dependencies: ClassVar = [("search", "0001_initial")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(WAIT, MERGE)],
            state_operations=[
                migrations.RemoveIndex("searchentry", "search_entry_terms"),
                migrations.AddIndex(
                    "searchentry",
                    GinIndex(fields=["bigrams", "numbers"], name="search_entry_terms", gin_pending_list_limit=128),
                ),
            ],
        )
    ]
