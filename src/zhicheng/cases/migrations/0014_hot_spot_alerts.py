"""Alerts of hot spots."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhicheng.core.access


class Migration(migrations.Migration):
    """What was told to whom, and what was answered."""

    dependencies: ClassVar = [
        ("areas", "0001_initial"),
        ("cases", "0013_joint"),
        ("packs", "0004_limits_of_times"),
        ("parties", "0003_entered_once_and_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HotSpotAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("code", models.CharField(max_length=60)),
                ("place_key", models.BigIntegerField()),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            (zhicheng.core.access.Domain["MARKET"], zhicheng.core.access.Domain["MARKET"]),
                            (zhicheng.core.access.Domain["HOUSING"], zhicheng.core.access.Domain["HOUSING"]),
                            (
                                zhicheng.core.access.Domain["AGRICULTURE"],
                                zhicheng.core.access.Domain["AGRICULTURE"],
                            ),
                            (zhicheng.core.access.Domain["TOURISM"], zhicheng.core.access.Domain["TOURISM"]),
                            (zhicheng.core.access.Domain["INDUSTRY"], zhicheng.core.access.Domain["INDUSTRY"]),
                            (zhicheng.core.access.Domain["GENERAL"], zhicheng.core.access.Domain["GENERAL"]),
                        ],
                        max_length=20,
                    ),
                ),
                ("reach", models.IntegerField()),
                ("count", models.IntegerField()),
                ("days", models.IntegerField()),
                ("told_at", models.DateTimeField()),
                ("over_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("word", models.CharField(blank=True, max_length=64)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "after",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grown",
                        to="cases.hotspotalert",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="packs.term"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-told_at", "-id"], name="alert_told")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("over_at__isnull", True)),
                        fields=("code", "place_key"),
                        name="alert_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("over_at__isnull", True), ("over_at__gte", models.F("told_at")), _connector="OR"
                        ),
                        name="alert_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True), ("word", "")
                            ),
                            models.Q(
                                ("acknowledged_at__gte", models.F("told_at")),
                                ("acknowledged_by__isnull", False),
                                models.Q(("word", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_acknowledged_by_somebody",
                    ),
                ],
            },
        ),
    ]
