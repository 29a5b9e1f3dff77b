"""Limits can count times: how often something is told before somebody is alerted."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more unit."""

    dependencies: ClassVar = [
        ("packs", "0003_limits_of_years"),
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
                    ("times", "times"),
                ],
                max_length=20,
            ),
        ),
    ]
