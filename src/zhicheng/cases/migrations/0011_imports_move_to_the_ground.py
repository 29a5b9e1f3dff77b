"""Imports are no longer those of cases alone: their tables are the ground's, and what is in them goes along."""

from typing import ClassVar

from django.db import migrations

MOVED = """
INSERT INTO importing_importrun (
    id, key, importer, organization_id, user_id, actor, actor_name, name, file_name, sha256, head, columns, options,
    rows, rows_done, imported, known, refused, uploaded_at, confirmed_at, finished_at)
SELECT id, key, 'cases', organization_id, user_id, actor, actor_name, system, file_name, sha256, head, columns,
       jsonb_build_object('system', system, 'days_only', days_only),
       rows, rows_done, imported, known, refused, uploaded_at, confirmed_at, finished_at
  FROM cases_importrun;
INSERT INTO importing_refusedrow (id, run_id, "row", cells, problems)
SELECT id, run_id, "row", cells, problems FROM cases_refusedrow;
INSERT INTO importing_importmapping (id, importer, organization_id, fingerprint, columns, options, saved_by, saved_at)
SELECT id, 'cases', organization_id, fingerprint, columns,
       jsonb_build_object('system', name, 'days_only', days_only), saved_by, saved_at
  FROM cases_importmapping;
SELECT setval(pg_get_serial_sequence('importing_importrun', 'id'), (SELECT max(id) FROM importing_importrun));
SELECT setval(pg_get_serial_sequence('importing_refusedrow', 'id'), (SELECT max(id) FROM importing_refusedrow));
SELECT setval(
    pg_get_serial_sequence('importing_importmapping', 'id'), (SELECT max(id) FROM importing_importmapping));
-- What the deferred references have to check, they check before the tables they came from go.
SET CONSTRAINTS ALL IMMEDIATE;
"""
"""`setval` of nothing does nothing, as on a new installation."""


class Migration(migrations.Migration):
    """Copies runs with their ids, which the ledger names, and drops the old tables."""

    dependencies: ClassVar = [("cases", "0010_reporter_of_a_call"), ("importing", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.DeleteModel("RefusedRow"),
        migrations.DeleteModel("ImportRun"),
        migrations.DeleteModel("ImportMapping"),
    ]
