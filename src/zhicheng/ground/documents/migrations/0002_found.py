"""Documents that were issued are found by the search, each in its version in force."""

from typing import Any, ClassVar

from django.db import migrations

from zhicheng.ground.search.api import Findable, fill


def _fill(apps: Any, schema_editor: Any) -> None:
    documents = apps.get_model("documents", "Document").objects.using(schema_editor.connection.alias)
    found = documents.filter(superseded_by__isnull=True).select_related("issuer")
    fill(apps.get_model("search", "SearchEntry").objects.using(schema_editor.connection.alias), "document", (
        Findable(one.id, f"{one.title} {one.number}", one.issuer.name, one.title_en, (one.number, one.code))
        for one in found.iterator()
    ))  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("documents", "0001_initial"), ("search", "0002_entries_wait"),
        ("parties", "0003_entered_once_and_found"),
    ]  # fmt: skip
    operations: ClassVar = [migrations.RunPython(_fill, migrations.RunPython.noop)]
