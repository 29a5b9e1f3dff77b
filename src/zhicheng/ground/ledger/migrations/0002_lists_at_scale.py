"""The list of entries is sorted and filtered by their time."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index, in the order of the list."""

    dependencies: ClassVar = [
        ("ledger", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["at", "id"], name="entry_at"),
        ),
    ]
