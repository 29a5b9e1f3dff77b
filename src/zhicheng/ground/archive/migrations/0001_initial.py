"""The register of the archive."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Filings, numbered without gaps by body and year."""

    initial = True

    dependencies: ClassVar = [
        ("parties", "0003_entered_once_and_found"),
        ("proceedings", "0003_simulated_are_found"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("mark", models.CharField(max_length=10)),
                ("year", models.IntegerField()),
                ("serial", models.IntegerField()),
                ("number", models.CharField(max_length=80)),
                ("ended_on", models.DateField()),
                ("kept_until", models.DateField()),
                ("rule", models.CharField(max_length=60)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.CharField(max_length=60)),
                ("taken_out_at", models.DateTimeField(null=True)),
                ("taken_out_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=64)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proceedings.proceeding"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id"], name="filing_subject"),
                    models.Index(fields=["issuer", "year", "serial"], name="filing_register"),
                    models.Index(fields=["-filed_at", "-id"], name="filing_filed"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "mark", "year", "serial"), name="filing_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at__isnull", True)),
                        fields=("subject_kind", "subject_id"),
                        name="filed_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("serial__gte", 1)), name="filing_serial_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("kept_until__gte", models.F("ended_on"))), name="filing_kept_after_end"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("taken_out_at__isnull", True), ("taken_out_by", "")),
                            models.Q(
                                ("taken_out_at__gte", models.F("filed_at")),
                                models.Q(("taken_out_by", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="filing_taken_out_for_reason",
                    ),
                ],
            },
        ),
    ]
