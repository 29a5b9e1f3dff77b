"""Tables of areas, and the triggers that keep the tree whole."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

PLACE = """
CREATE FUNCTION areas_area_place() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent_path text := '/';
    parent_level smallint := 0;
BEGIN
    IF NEW.parent_id IS NOT NULL THEN
        SELECT path, level INTO parent_path, parent_level FROM areas_area WHERE id = NEW.parent_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'area %: its parent % is not there', NEW.code, NEW.parent_id
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'area_parent_exists';
        END IF;
    END IF;
    IF NEW.level <> parent_level + 1 THEN
        RAISE EXCEPTION 'area %: level % found, % expected', NEW.code, NEW.level, parent_level + 1
            USING ERRCODE = 'check_violation', CONSTRAINT = 'area_level_follows_parent';
    END IF;
    IF NEW.path <> parent_path || NEW.id || '/' THEN
        RAISE EXCEPTION 'area %: path % found, % expected', NEW.code, NEW.path, parent_path || NEW.id || '/'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'area_path_follows_parent';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER area_place BEFORE INSERT ON areas_area FOR EACH ROW EXECUTE FUNCTION areas_area_place();

CREATE FUNCTION areas_area_stay() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'area % cannot move: it ends, and its successor begins', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'area_stays';
END
$$;
CREATE TRIGGER area_stay BEFORE UPDATE ON areas_area FOR EACH ROW
    WHEN ((OLD.id, OLD.parent_id, OLD.level, OLD.path)
        IS DISTINCT FROM (NEW.id, NEW.parent_id, NEW.level, NEW.path))
    EXECUTE FUNCTION areas_area_stay();
"""
UNPLACE = """
DROP TRIGGER area_stay ON areas_area;
DROP FUNCTION areas_area_stay();
DROP TRIGGER area_place ON areas_area;
DROP FUNCTION areas_area_place();
"""


class Migration(migrations.Migration):
    """A path and a level follow from the parent when an area is inserted, and never change afterwards."""

    initial = True
    dependencies: ClassVar = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("code", models.CharField(max_length=12)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "province"), (2, "city"), (3, "county"), (4, "township"), (5, "village")]
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("sort_key", models.CharField(db_collation="C", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("city", "city"),
                            ("district", "district"),
                            ("county", "county"),
                            ("county_level_city", "county_level_city"),
                            ("development_zone", "development_zone"),
                            ("subdistrict", "subdistrict"),
                            ("town", "town"),
                            ("township", "township"),
                            ("pseudo_unit", "pseudo_unit"),
                            ("residents", "residents"),
                            ("villagers", "villagers"),
                            ("residents_equivalent", "residents_equivalent"),
                            ("villagers_equivalent", "villagers_equivalent"),
                        ],
                        max_length=30,
                    ),
                ),
                ("path", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="The last day.", null=True)),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=8, null=True)),
                (
                    "statistical_only",
                    models.BooleanField(
                        default=False, help_text="Coded for statistics, but not an administrative division."
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="areas.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("geometry", models.JSONField()),
                ("source", models.CharField(max_length=200)),
                ("vintage", models.CharField(max_length=60)),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boundary", to="areas.area"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "boundaries",
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renamed", "renamed"),
                            ("recoded", "recoded"),
                            ("merged", "merged"),
                            ("split", "split"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="areas.area",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="areas.area"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("code", "level", "valid_from"), name="area_code_once"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("path",), name="area_path_once", opclasses=["text_pattern_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{12}$")), name="area_code_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="area_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("parent__isnull", True)),
                    models.Q(("level__range", (2, 5)), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="area_below_province_has_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("predecessor", "successor", "on"), name="succession_once"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="succession_of_another_area",
            ),
        ),
        migrations.RunSQL(PLACE, UNPLACE),
    ]
