"""Who was reminded of a matter with a card."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each stage once for one due time."""

    dependencies: ClassVar = [
        ("cards", "0001_initial"),
        ("proceedings", "0003_simulated_are_found"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "stage",
                    models.CharField(choices=[("assignee", "Assignee"), ("leader", "Leader")], max_length=10),
                ),
                ("reminded_at", models.DateTimeField()),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="proceedings.proceeding",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proceeding", "due_at", "stage"), name="reminder_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["assignee", "leader"])), name="reminder_stage_known"
                    ),
                ],
            },
        ),
    ]
