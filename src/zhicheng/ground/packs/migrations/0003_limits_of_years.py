"""Limits can count years: how long what is filed is kept."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more unit."""

    dependencies: ClassVar = [
        ("packs", "0002_what_was_loaded"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="limitrow",
            name="unit",
            field=models.CharField(
                choices=[
                    ("working_days", "working_days"),
                    ("calendar_days", "calendar_days"),
                    ("hours", "hours"),
                    ("years", "years"),
                ],
                max_length=20,
            ),
        ),
    ]
