"""Binds the packs' section `organizations` to the table of organizations."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from zhicheng.core.words import words
from zhicheng.ground.packs.api import Contents, Problem, Scope, Section, Store, deleted
from zhicheng.ground.packs.api import OrganizationRow as PackRow
from zhicheng.ground.parties.models import Kind, Organization
from zhicheng.ground.parties.packs import OrganizationRow, apply_organizations


def check_kinds(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Every organization is of a kind that there is."""
    for line in contents.of(section.name):
        if line.row.kind not in Kind.values:
            expected, params = words("one of {names}"), {"names": ", ".join(Kind.values)}
            yield Problem(section.file, line.place, "kind", f"“{line.row.kind}”", expected, params)


def read(scope: Scope) -> Iterable[PackRow]:
    """The public bodies of the pack's area that have a key and have not ended."""
    area = scope.find_area()
    if area is None:
        return []
    found = Organization.objects.filter(key__isnull=False, valid_to__isnull=True, area__path__startswith=area.path)
    return [
        PackRow(
            key=one.key or "", name=one.name, name_en=one.name_en, kind=one.kind, area=one.area.code,
            parent=one.parent.key if one.parent else None, telephone=one.telephone, sample=one.sample,
        )
        for one in found.select_related("area", "parent")
    ]  # fmt: skip


def save(scope: Scope, rows: Sequence[PackRow]) -> None:
    """Makes new and changed rows organizations, parents first."""
    apply_organizations(
        OrganizationRow(
            row.key, row.name, row.name_en, row.kind, row.area, row.parent or "", row.telephone, row.sample
        )
        for row in rows
    )


def remove(scope: Scope, rows: Sequence[PackRow]) -> None:
    """Ends the organizations that the pack no longer has: records point to them, so they are not deleted."""
    Organization.objects.filter(key__in=[row.key for row in rows]).update(valid_to=scope.on)


ORGANIZATIONS: Store[PackRow] = Store(read=read, save=save, remove=remove, end=deleted)
