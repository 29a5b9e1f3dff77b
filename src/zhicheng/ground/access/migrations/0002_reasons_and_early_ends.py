"""Why a role was granted, and when a delegation was taken back."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Both are empty for what exists."""

    dependencies: ClassVar = [("access", "0001_initial")]
    operations = [
        migrations.AddField("grant", "reason", models.CharField(blank=True, max_length=200, default=""), False),
        migrations.AddField("delegation", "ended_at", models.DateTimeField(blank=True, null=True)),
    ]
