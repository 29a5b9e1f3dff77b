"""The database itself says which packs it was given; a note in the home says nothing of a restored database."""

from typing import ClassVar

from django.db import migrations, models

ADOPT = """
INSERT INTO packs_loadedpack (name, digest)
SELECT 'national', '' WHERE EXISTS (SELECT FROM packs_term WHERE area_id IS NULL)
UNION ALL
SELECT known.name, '' FROM (VALUES ('jining', '370800000000'), ('zaozhuang', '370400000000')) AS known(name, code)
 WHERE EXISTS (SELECT FROM areas_area WHERE areas_area.code = known.code)
"""


class Migration(migrations.Migration):
    """Packs that were loaded before this version are known by what they left, and from which files is not known."""

    dependencies: ClassVar = [("packs", "0001_initial"), ("areas", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LoadedPack",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunSQL(ADOPT, migrations.RunSQL.noop),
    ]
