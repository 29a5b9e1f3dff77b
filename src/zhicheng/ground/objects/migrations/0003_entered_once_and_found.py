"""A site or product that is entered by a form is entered once, and every one of them is found by the search."""

from typing import Any, ClassVar

from django.db import migrations, models

from zhicheng.ground.search.api import Findable, fill


def _fill(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("search", "SearchEntry").objects.using(schema_editor.connection.alias)
    names = dict(
        apps.get_model("areas", "Area").objects.using(schema_editor.connection.alias).values_list("id", "name")
    )
    sites = (
        apps.get_model("objects", "Site")
        .objects.using(schema_editor.connection.alias)
        .select_related("area", "parent")
    )
    fill(entries, "site", (
        Findable(
            one.id, f"{one.parent.name} {one.name}" if one.parent else one.name,
            "".join(names[int(part)] for part in one.area.path.strip("/").split("/")), one.address,
        )
        for one in sites.iterator()
    ))  # fmt: skip
    products = (
        apps.get_model("objects", "Product")
        .objects.using(schema_editor.connection.alias)
        .select_related("producer")
    )
    fill(entries, "product", (
        Findable(
            one.id, " ".join(part for part in (one.trademark, one.name, one.model) if part),
            one.producer.name if one.producer else "", one.standard, (one.model,) if one.model else (),
        )
        for one in products.iterator()
    ))  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("objects", "0002_trees_without_cycles"), ("areas", "0001_initial"), ("search", "0002_entries_wait"),
        ("parties", "0003_entered_once_and_found"),
    ]  # fmt: skip
    operations: ClassVar = [
        migrations.AddField("site", "entry_key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.AddField("product", "entry_key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
