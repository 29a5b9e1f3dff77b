"""What external hotlines said of their work orders, and what they were told of them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Of work orders nothing is there yet."""

    dependencies: ClassVar = [
        ("cases", "0011_imports_move_to_the_ground"),
        ("parties", "0003_entered_once_and_found"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AnswerSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("system", models.CharField(max_length=40)),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("rows", models.IntegerField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_name", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("received", "Received, not yet accepted"),
                            ("accepted", "Accepted"),
                            ("in_hand", "In hand, being worked on"),
                            ("closed", "Closed with a result"),
                        ],
                        max_length=20,
                    ),
                ),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField()),
                ("endings", models.JSONField()),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer_lines", to="cases.case"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organization",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="cases.answersheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExternalClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("received_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="external_clock", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="answersheet",
            index=models.Index(fields=["organization", "-made_at"], name="answer_sheet_latest"),
        ),
        migrations.AddConstraint(
            model_name="answersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_on__isnull", True), ("last_on__isnull", True)),
                    ("last_on__gte", models.F("first_on")),
                    _connector="OR",
                ),
                name="answer_sheet_period",
            ),
        ),
        migrations.AddIndex(
            model_name="answerline",
            index=models.Index(fields=["case", "-id"], name="answer_line_latest"),
        ),
        migrations.AddConstraint(
            model_name="answerline",
            constraint=models.UniqueConstraint(fields=("sheet", "case"), name="answer_line_once"),
        ),
        migrations.AddIndex(
            model_name="externalclock",
            index=models.Index(fields=["due_at", "case"], name="external_clock_due"),
        ),
        migrations.AddConstraint(
            model_name="externalclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_at__isnull", True),
                    ("due_at__isnull", True),
                    ("due_at__gt", models.F("received_at")),
                    _connector="OR",
                ),
                name="external_clock_due_after_receipt",
            ),
        ),
    ]
