"""Texts that bodies write again and again, with blanks."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A template is a body's or a pack's, never both."""

    dependencies: ClassVar = [
        ("areas", "0001_initial"),
        ("cases", "0008_lists_at_scale"),
        ("parties", "0002_tree_without_cycles"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("verb", models.CharField(blank=True, max_length=40)),
                ("need", models.CharField(blank=True, max_length=40)),
                ("category", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=2000)),
                ("saved_on", models.DateField()),
                ("retired_on", models.DateField(null=True)),
                ("sample", models.BooleanField(default=False)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "kind", "title"], name="reply_of_body")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organization__isnull", False), ("retired_on__isnull", True)),
                        fields=("organization", "title"),
                        name="reply_title_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("area", "key"),
                        name="reply_key_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("key", ""), ("organization__isnull", False)),
                            models.Q(("organization__isnull", True), models.Q(("key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reply_of_body_or_pack",
                    ),
                ],
            },
        ),
    ]
