"""The list of earlier cases, each of its orders by an index: they are few among all cases."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Missing values come last in both directions, so downwards takes an index of its own."""

    dependencies: ClassVar = [
        ("cases", "0007_suggestions"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("received_at"),
                models.F("id"),
                condition=models.Q(("historical", True)),
                name="case_earlier",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("replied_at"),
                models.F("id"),
                condition=models.Q(("historical", True)),
                name="case_replied",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.OrderBy(models.F("replied_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("historical", True)),
                name="case_replied_last",
            ),
        ),
    ]
