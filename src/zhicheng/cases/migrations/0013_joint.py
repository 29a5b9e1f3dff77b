"""What joins two cases of the same matter."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A later case follows the leading one, or is handled together with it."""

    dependencies: ClassVar = [
        ("cases", "0012_work_orders"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Joint",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("follows", "Follows"), ("together", "Handled together")], max_length=10
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                ("parted_at", models.DateTimeField(null=True)),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joints", to="cases.case"
                    ),
                ),
                (
                    "leading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="led", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("parted_at__isnull", True)), fields=["leading"], name="joint_leading"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("parted_at__isnull", True)), fields=("later",), name="joint_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("later", models.F("leading")), _negated=True), name="joint_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manner__in", ["follows", "together"])), name="joint_manner_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parted_at__isnull", True), ("parted_at__gte", models.F("joined_at")), _connector="OR"
                        ),
                        name="joint_forward",
                    ),
                ],
            },
        ),
    ]
