"""Accounts of programs, which sign in by keys alone."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """No account that exists is a program's."""

    dependencies: ClassVar = [("access", "0002_reasons_and_early_ends")]
    operations = [migrations.AddField("user", "is_program", models.BooleanField(default=False))]
