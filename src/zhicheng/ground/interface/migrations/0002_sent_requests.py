"""Requests that may be sent twice."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of what was sent under an Idempotency-Key."""

    dependencies: ClassVar = [("interface", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SentRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=100)),
                ("content", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="request_age")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="request_sent_once")],
            },
        ),
    ]
