"""Which organizations a step may name, and how a person finds them: suggested while typing."""

from collections.abc import Iterable, Sequence
from datetime import date

from zhicheng.core.access import Domain
from zhicheng.core.process import NeedKind
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.areas.api import area_labels, list_cities
from zhicheng.ground.kept import kept
from zhicheng.ground.parties.api import Kind, Organization, find_organizations

MOST_SUGGESTED = 12
GROUPS: dict[str, tuple[Kind, ...]] = {
    NeedKind.PARTY: (Kind.COMPANY, Kind.LABORATORY, Kind.SERVICE_POINT, Kind.OTHER),
    NeedKind.BODY: (Kind.PUBLIC_BODY, Kind.HOTLINE_CENTRE, Kind.DEPARTMENT),
}
"""The kinds of organization that each kind of need accepts."""


def suggested(text: str, group: str, near: Iterable[str] = ()) -> list[Organization]:
    """The first organizations of a group whose names hold every word of `text`.

    One called exactly so comes first, then those of the cities in which the areas with the paths `near` lie.
    """
    cities = {city.area.path for path in near for city in list_cities() if path.startswith(city.area.path)}
    return find_organizations(text, *GROUPS[group], near=cities, limit=MOST_SUGGESTED)


@kept
def competent_bodies(area_path: str, domain: Domain | None, on: date) -> tuple[tuple[int, str], ...]:
    """The bodies that are competent for a place, for one domain or for any, the nearest first: id and name."""
    ids = list_competent_bodies(area_path, domain, on)
    names = dict(Organization.objects.filter(id__in=ids).values_list("id", "name"))
    return tuple((one, names[one]) for one in ids)


def with_places(organizations: Sequence[Organization]) -> list[tuple[Organization, str]]:
    """Each with the full name of its area, by which people tell namesakes apart."""
    labels = area_labels([one.area for one in organizations])
    return [(one, labels[one.area_id]) for one in organizations]
