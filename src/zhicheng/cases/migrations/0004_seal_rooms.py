"""Unit, floor and room were kept readable with the case; they become the sealed address of its reporter."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from zhicheng.ground.personal.api import seal, unseal

BATCH = 500


def seal_rooms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Seals the room of every case; a reporter who left nothing else gets a contact for it."""
    owner = schema_editor.connection.alias
    cases = apps.get_model("cases", "Case").objects.using(owner)
    contacts = apps.get_model("personal", "Contact").objects.using(owner)
    for case in cases.exclude(place="").select_related("reporter").iterator(chunk_size=BATCH):
        if case.reporter is None:
            reporter = contacts.create(address_sealed=seal(case.place), created_at=case.received_at)
            cases.filter(pk=case.pk).update(reporter=reporter)
        elif case.reporter.erased_at is None:
            contacts.filter(pk=case.reporter_id).update(address_sealed=seal(case.place))


def unseal_rooms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Back: the room stands readable with the case again."""
    cases = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    reported = cases.filter(reporter__address_sealed__gt="").select_related("reporter")
    for case in reported.iterator(chunk_size=BATCH):
        cases.filter(pk=case.pk).update(place=unseal(case.reporter.address_sealed))


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_imports"), ("personal", "0001_initial")]
    operations = [migrations.RunPython(seal_rooms, unseal_rooms)]
