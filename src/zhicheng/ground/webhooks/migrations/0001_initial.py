"""Subscriptions and deliveries."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of who is told of what, and what became of it."""

    initial = True
    dependencies: ClassVar = [("interface", "0002_sent_requests"), ("proceedings", "0002_steps_move_proceedings")]
    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("url", models.CharField(max_length=500)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("sealed", models.TextField()),
                ("failures", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("disabled_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="interface.key",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(erased_at__isnull=True), fields=["key"], name="webhook_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("event", models.CharField(max_length=20)),
                ("body", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("status", models.IntegerField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proceedings.proceeding"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="webhooks.subscription",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subscription", "-id"], name="webhook_log"),
                    models.Index(
                        condition=models.Q(delivered_at__isnull=True, failed_at__isnull=True),
                        fields=["next_at"],
                        name="webhook_waiting",
                    ),
                ],
            },
        ),
    ]
