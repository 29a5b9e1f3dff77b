"""Earlier cases that may be the same matter: looked for among those of one county in the last months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.services import county_id_of
from zhicheng.cases.similarity import ALIKE, Traits, likeness
from zhicheng.core.access import Actor
from zhicheng.core.search import bigrams
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term
from zhicheng.ground.search.api import terms_of

WINDOW = timedelta(days=60)
MOST_COMPARED = 400
MOST_SHOWN = 5
TOWNSHIP_DEPTH = 3


@dataclass(frozen=True)
class Similar:
    """A case and how alike it is, from 0 to 1."""

    case: Case
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness for people."""
        return round(self.likeness * 100)


def find_similar(
    *, actor: Actor, area: Area, text: str, now: datetime, category: Term | None = None, site: Site | None = None
) -> list[Similar]:
    """The visible cases most like a complaint that is being told, the likest first; none that are too unlike."""
    told = Traits(frozenset(bigrams(text)), category.id if category else None, _places(area, site))
    found = (
        Case.objects.visible_to(actor)
        .filter(_near(area), historical=False, received_at__gte=now - WINDOW)
        .select_related("category", "area", "site")
        .order_by("-received_at", "-id")[:MOST_COMPARED]
    )
    cases = list(found)
    words = terms_of(SUBJECT, [case.id for case in cases])
    rated = [Similar(case, likeness(told, _traits(case, words))) for case in cases]
    return sorted((one for one in rated if one.likeness >= ALIKE), key=lambda one: -one.likeness)[:MOST_SHOWN]


def _near(area: Area) -> Q:
    county = county_id_of(area)
    return Q(county=county) if county else Q(area__path__startswith=area.path)


def _traits(case: Case, words: Mapping[int, frozenset[str]]) -> Traits:
    return Traits(words.get(case.id, frozenset()), case.category_id, _places(case.area, case.site))


def _places(area: Area, site: Site | None) -> tuple[int, ...]:
    """The narrowest place first. Ids of sites are told from those of areas by their sign."""
    sites = [-one for one in (site.id, site.parent_id) if one] if site else []
    below_county = [*area.ancestor_ids, area.id][TOWNSHIP_DEPTH:]
    return (*sites, *reversed(below_county))
