"""Binds the packs' section `jurisdictions` to the table of jurisdictions."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from zhicheng.core.access import Domain
from zhicheng.ground.access.models import Jurisdiction
from zhicheng.ground.areas.api import get_area
from zhicheng.ground.packs.api import JurisdictionRow, Scope, Store, deleted
from zhicheng.ground.parties.api import Organization


def read(scope: Scope) -> Iterable[JurisdictionRow]:
    """The jurisdictions in the pack's area that have not ended."""
    area = scope.find_area()
    if area is None:
        return []
    found = Jurisdiction.objects.filter(
        organization__key__isnull=False, valid_to__isnull=True, area__path__startswith=area.path
    )
    return [
        JurisdictionRow(organization=one.organization.key or "", area=one.area.code, domain=Domain(one.domain))
        for one in found.select_related("organization", "area")
    ]


def save(scope: Scope, rows: Sequence[JurisdictionRow]) -> None:
    """Adds the rows; one that had ended begins anew."""
    bodies = {one.key: one for one in Organization.objects.filter(key__in={row.organization for row in rows})}
    areas = {code: get_area(code, scope.on) for code in {row.area for row in rows}}
    Jurisdiction.objects.bulk_create(
        [
            Jurisdiction(organization=bodies[row.organization], area=areas[row.area], domain=row.domain)
            for row in rows
        ],
        update_conflicts=True,
        update_fields=["valid_to"],
        unique_fields=["organization", "area", "domain", "valid_from"],
    )


def remove(scope: Scope, rows: Sequence[JurisdictionRow]) -> None:
    """Ends the jurisdictions that the pack no longer has, with yesterday as their last day."""
    for row in rows:
        Jurisdiction.objects.filter(
            organization__key=row.organization, area__code=row.area, domain=row.domain, valid_to__isnull=True
        ).update(valid_to=scope.on - timedelta(days=1))


JURISDICTIONS: Store[JurisdictionRow] = Store(read=read, save=save, remove=remove, end=deleted)
