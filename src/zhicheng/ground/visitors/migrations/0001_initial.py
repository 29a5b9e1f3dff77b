"""The table of attempts, unlogged: what is counted for an hour need not survive a crash."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Creates the table."""

    initial = True

    dependencies: ClassVar = []

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "what", "sender", "hour", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("sender", models.CharField(max_length=64)),
                ("hour", models.DateTimeField()),
                ("count", models.IntegerField()),
            ],
            options={"verbose_name_plural": "attempts"},
        ),
        migrations.RunSQL(
            "ALTER TABLE visitors_attempts SET UNLOGGED", "ALTER TABLE visitors_attempts SET LOGGED"
        ),
    ]
