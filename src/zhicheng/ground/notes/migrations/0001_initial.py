"""Notes and mentions."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What colleagues write to each other, and whom it names."""

    initial = True

    dependencies: ClassVar = [
        ("proceedings", "0003_simulated_are_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.UUIDField(unique=True)),
                ("about_kind", models.CharField(max_length=40)),
                ("about_id", models.BigIntegerField()),
                ("written_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="proceedings.proceeding",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentions", to="notes.note"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["about_kind", "about_id"], name="note_about"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True), ("erased_at__gte", models.F("written_at")), _connector="OR"
                ),
                name="note_erased_after",
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("seen_at__isnull", True)), fields=["user"], name="mention_unseen"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("note", "user"), name="mention_once"),
        ),
    ]
