"""notices.toml and quiet_hours.toml of a pack, and the tables they land in."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from zhicheng.ground.notices.checks import check_exempt, check_wordings
from zhicheng.ground.notices.entries import QuietEntry, WordingEntry
from zhicheng.ground.notices.models import QuietRow, Wording
from zhicheng.ground.packs.api import Scope, Section, Store, deleted

WORDED = ("template", "process", "step", "channel")
SAID = ("title_zh", "title_en", "text_zh", "text_en")
QUIET = ("begins", "ends", "exempt", "sample")


def _store(model: type[Model], row: type[Any], key: tuple[str, ...], values: tuple[str, ...]) -> Store[Any]:
    """Rows of the pack's own area, or of the nation, kept one to one."""
    rows = model._default_manager

    def own(scope: Scope) -> Any:
        area = scope.find_area()
        if not scope.is_national and area is None:
            return rows.none()
        return rows.filter(area=area)

    def read(scope: Scope) -> list[Any]:
        return [row(**{name: getattr(one, name) for name in (*key, *values)}) for one in own(scope)]

    def save(scope: Scope, entries: Sequence[Any]) -> None:
        area = scope.find_area()
        made = [model(area=area, **{name: getattr(one, name) for name in (*key, *values)}) for one in entries]
        rows.bulk_create(made, update_conflicts=True, update_fields=list(values), unique_fields=["area", *key])

    def remove(scope: Scope, entries: Sequence[Any]) -> None:
        for one in entries:
            own(scope).filter(**{name: getattr(one, name) for name in key}).delete()

    return Store(read=read, save=save, remove=remove, end=deleted)


WORDINGS = Section(
    name="notices", file="notices.toml", row=WordingEntry, key=WORDED, table="notice",
    checks=(check_wordings,), store=_store(Wording, WordingEntry, WORDED, SAID),
)  # fmt: skip
QUIET_HOURS = Section(
    name="quiet_hours", file="quiet_hours.toml", row=QuietEntry, key=("channel",), table="quiet",
    checks=(check_exempt,), store=_store(QuietRow, QuietEntry, ("channel",), QUIET),
)  # fmt: skip
