"""An organization that is entered by a form is entered once, and every organization is found by the search."""

from typing import Any, ClassVar

from django.db import migrations, models

from zhicheng.ground.search.api import Findable, fill


def _fill(apps: Any, schema_editor: Any) -> None:
    """Adds those that are there; their areas' full names are put together as `area_label` does."""
    names = dict(
        apps.get_model("areas", "Area").objects.using(schema_editor.connection.alias).values_list("id", "name")
    )
    found = (
        apps.get_model("parties", "Organization")
        .objects.using(schema_editor.connection.alias)
        .select_related("area")
    )
    fill(apps.get_model("search", "SearchEntry").objects.using(schema_editor.connection.alias), "organization", (
        Findable(
            one.id, one.name, "".join(names[int(part)] for part in one.area.path.strip("/").split("/")),
            " ".join((one.short_name, one.name_en, one.address)), (one.uscc,) if one.uscc else (),
        )
        for one in found.iterator()
    ))  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("parties", "0002_tree_without_cycles"), ("areas", "0001_initial"), ("search", "0002_entries_wait"),
    ]  # fmt: skip
    operations: ClassVar = [
        migrations.AddField("organization", "entry_key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
