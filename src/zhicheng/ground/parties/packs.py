"""The organizations of a pack: its `organizations.csv` read into rows, made so in the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from django.db import transaction

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area, find_area
from zhicheng.ground.parties.indexing import index_organization
from zhicheng.ground.parties.models import Organization
from zhicheng.ground.parties.services import DERIVED, prepare


@dataclass(frozen=True)
class OrganizationRow:
    """One row. `key` is the organization's lasting name in the pack, `parent_key` its parent's or empty."""

    key: str
    name: str
    name_en: str
    kind: str
    area_code: str
    parent_key: str = ""
    telephone: str = ""
    sample: bool = False


@dataclass(frozen=True)
class Applied:
    """How many rows were new, differed, or were already so."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def apply_organizations(rows: Iterable[OrganizationRow]) -> Applied:
    """Makes every row an organization, parents first; applying twice changes nothing.

    Fields that a row does not have are left alone. Raises Refused naming the key of a row whose area or
    parent is unknown, that comes twice, or that is its own ancestor.
    """
    ordered = _parents_first(list(rows))
    areas = {code: find_area(code) for code in {row.area_code for row in ordered}}
    known = {one.key: one for one in Organization.objects.filter(key__isnull=False).select_for_update()}
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in ordered:
        counts[_apply(row, areas, known)] += 1
    return Applied(**counts)


def _parents_first(rows: list[OrganizationRow]) -> list[OrganizationRow]:
    by_key: dict[str, OrganizationRow] = {}
    for row in rows:
        if row.key in by_key:
            raise Refused(words("Organization “{key}” comes twice"), key=row.key)
        by_key[row.key] = row
    tree = TopologicalSorter({row.key: {row.parent_key} & by_key.keys() for row in rows})
    try:
        return [by_key[key] for key in tree.static_order()]
    except CycleError as error:
        raise Refused(words("Organization “{key}” is its own ancestor"), key=error.args[1][0]) from error


def _apply(row: OrganizationRow, areas: Mapping[str, Area | None], known: dict[str | None, Organization]) -> str:
    area = areas[row.area_code]
    if area is None:
        raise Refused(words("Organization “{key}”: there is no area {code}"), key=row.key, code=row.area_code)
    if row.parent_key and row.parent_key not in known:
        raise Refused(words("Organization “{key}”: there is no parent “{parent}”"),
                      key=row.key, parent=row.parent_key)  # fmt: skip
    wanted = {
        "name": row.name, "name_en": row.name_en, "kind": row.kind, "area_id": area.pk,
        "parent_id": known[row.parent_key].pk if row.parent_key else None,
        "telephone": row.telephone, "sample": row.sample,
    }  # fmt: skip
    organization = known.setdefault(row.key, Organization(key=row.key))
    if organization.pk and all(getattr(organization, field) == value for field, value in wanted.items()):
        return "unchanged"
    outcome = "updated" if organization.pk else "created"
    for field, value in wanted.items():
        setattr(organization, field, value)
    prepare(organization)
    organization.save(update_fields=[*wanted, *DERIVED] if organization.pk else None)
    index_organization(organization)
    return outcome
