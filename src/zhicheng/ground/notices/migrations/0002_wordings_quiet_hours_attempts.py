"""Words and quiet hours of packs, what an account does not want, and every attempt."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Notices know place, process and step, and whether they are owed."""

    dependencies: ClassVar = [
        ("areas", "0001_initial"),
        ("notices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("given_up", "Given Up"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="QuietRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("channel", models.CharField(max_length=8)),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "exempt",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=121), default=list, size=None
                    ),
                ),
                ("sample", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("topic", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("template", models.CharField(max_length=60)),
                ("process", models.CharField(blank=True, max_length=60)),
                ("step", models.CharField(blank=True, max_length=60)),
                ("channel", models.CharField(blank=True, max_length=8)),
                ("title_zh", models.CharField(blank=True, max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("text_zh", models.CharField(max_length=2000)),
                ("text_en", models.CharField(max_length=2000)),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="area",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="obliged",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="process",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="notice",
            name="step",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(
                    models.Q(("channel", "inbox"), _negated=True), ("failed_at__isnull", False), _connector="OR"
                ),
                fields=["-created_at", "-id"],
                name="notice_sent_out",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(
                    ("failed_at__isnull", True), ("recipient_kind", "contact"), ("sent_at__isnull", True)
                ),
                fields=["recipient_id"],
                name="notice_waiting_for_contact",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tries", to="notices.notice"
            ),
        ),
        migrations.AddField(
            model_name="quietrow",
            name="area",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
            ),
        ),
        migrations.AddField(
            model_name="silence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="wording",
            name="area",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("error", ""), ("outcome", "sent")),
                    models.Q(models.Q(("outcome", "sent"), _negated=True), models.Q(("error", ""), _negated=True)),
                    _connector="OR",
                ),
                name="attempt_failed_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="quietrow",
            constraint=models.UniqueConstraint(
                fields=("area", "channel"), name="quiet_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.UniqueConstraint(fields=("user", "topic"), name="silence_once"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                fields=("area", "template", "process", "step", "channel"),
                name="wording_once",
                nulls_distinct=False,
            ),
        ),
    ]
