"""Refused rows that tell who somebody is are sealed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """No row so far does."""

    dependencies: ClassVar = [
        ("importing", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="refusedrow",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="refusedrow",
            name="sealed",
            field=models.TextField(blank=True),
        ),
    ]
