"""The table of notices."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Creates the table."""

    initial = True

    dependencies: ClassVar = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "recipient_kind",
                    models.CharField(
                        choices=[("user", "User"), ("organization", "Organization"), ("contact", "Contact")],
                        max_length=12,
                    ),
                ),
                ("recipient_id", models.BigIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("email", "Email"), ("sms", "Sms")], max_length=8
                    ),
                ),
                ("template", models.CharField(max_length=60)),
                ("params", models.JSONField()),
                ("language", models.CharField(max_length=10)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("link", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("deliver_after", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("channel", "inbox"), ("recipient_kind", "user")),
                        fields=["recipient_id", "-created_at"],
                        name="notice_inbox",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("channel", "inbox"), ("read_at__isnull", True), ("recipient_kind", "user")
                        ),
                        fields=["recipient_id"],
                        name="notice_unread",
                    ),
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["deliver_after"],
                        name="notice_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("failed_at__isnull", False)),
                        fields=["-failed_at"],
                        name="notice_failed",
                    ),
                    models.Index(fields=["subject_kind", "subject_id"], name="notice_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("failed_at__isnull", True), _connector="OR"
                        ),
                        name="notice_sent_or_failed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_at__isnull", True), models.Q(("error", ""), _negated=True), _connector="OR"
                        ),
                        name="notice_failed_has_reason",
                    ),
                ],
            },
        ),
    ]
