"""Tables that people bring: the runs of imports, their refused rows, the columns as chosen."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0003_entered_once_and_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.UUIDField(unique=True)),
                ("importer", models.CharField(max_length=20)),
                ("actor", models.CharField(max_length=60)),
                ("actor_name", models.CharField(max_length=60)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("file_name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("head", models.JSONField()),
                ("columns", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                ("rows", models.IntegerField()),
                ("rows_done", models.IntegerField(default=0)),
                ("imported", models.IntegerField(default=0)),
                ("known", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("uploaded_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("row", models.IntegerField()),
                ("cells", models.JSONField()),
                ("problems", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_rows",
                        to="importing.importrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("importer", models.CharField(max_length=20)),
                ("fingerprint", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("options", models.JSONField(default=dict)),
                ("saved_by", models.CharField(max_length=60)),
                ("saved_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("importer", "organization", "fingerprint"), name="importing_mapping_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["organization", "importer", "-uploaded_at"], name="importing_run_latest"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rows_done",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("imported"), "+", models.F("known")
                            ),
                            "+",
                            models.F("refused"),
                        ),
                    ),
                    ("rows_done__lte", models.F("rows")),
                ),
                name="importing_run_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("rows_done", 0)),
                    models.Q(("confirmed_at__gte", models.F("uploaded_at")), ("name__gt", "")),
                    _connector="OR",
                ),
                name="importing_run_confirmed_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True),
                    models.Q(("finished_at__gte", models.F("confirmed_at")), ("rows_done", models.F("rows"))),
                    _connector="OR",
                ),
                name="importing_run_finished_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedrow",
            constraint=models.UniqueConstraint(fields=("run", "row"), name="importing_refused_row_once"),
        ),
    ]
