"""Tables of terms, limits and calendar years."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row without an area is the whole country's; NULLS NOT DISTINCT keeps it single."""

    initial = True
    dependencies: ClassVar = [
        ("areas", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("holidays", models.JSONField()),
                ("workdays", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="LimitRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=60)),
                ("amount", models.PositiveIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_days", "working_days"),
                            ("calendar_days", "calendar_days"),
                            ("hours", "hours"),
                        ],
                        max_length=20,
                    ),
                ),
                ("roll", models.CharField(choices=[("none", "none"), ("forward", "forward")], max_length=10)),
                ("citation", models.CharField(max_length=200)),
                ("verified", models.BooleanField(default=False)),
                ("sample", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="The last day.", null=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "area", "valid_from"), name="limit_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="limit_amount_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="limit_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("roll", "none"), ("unit", "calendar_days"), _connector="OR"),
                        name="limit_rolls_calendar_days_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("catalogue", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("zh", models.CharField(max_length=200)),
                ("en", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("sample", models.BooleanField(default=False)),
                ("sort", models.IntegerField(default=0)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="The last day.", null=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="packs.term",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("catalogue", "code", "area"), name="term_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="term_period_forward",
                    ),
                ],
            },
        ),
    ]
