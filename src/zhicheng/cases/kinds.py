"""The kinds of matter that a case can hold, each with the proceeding of the bodies that are competent for it.

A category belongs to the catalogue of one sort of matter and so says which proceedings may follow it: the codes
of categories are unique among all of them. Where a catalogue leads to several kinds, the first is meant unless
the reporter asks for another, or for several.
"""

from collections.abc import Collection, Iterable
from datetime import date

from zhicheng.cases.agriculture.kind import AGRICULTURE_KIND
from zhicheng.cases.engineering.kind import ENGINEERING_KIND
from zhicheng.cases.hazards.kind import HAZARD_KIND
from zhicheng.cases.housing.kind import HOUSING_KIND
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.market.kind import MARKET_COMPLAINT_KIND
from zhicheng.cases.reports.kind import MARKET_REPORT_KIND
from zhicheng.cases.tourism.kind import TOURISM_KIND
from zhicheng.core.process import Need

KINDS: tuple[CaseKind, ...] = (
    HOUSING_KIND,
    ENGINEERING_KIND,
    MARKET_COMPLAINT_KIND,
    MARKET_REPORT_KIND,
    TOURISM_KIND,
    AGRICULTURE_KIND,
    HAZARD_KIND,
)
CATALOGUES = tuple(dict.fromkeys(catalogue for kind in KINDS for catalogue in kind.categories))
"""The catalogues of categories, in the order in which they are offered."""

_by_key = {kind.key: kind for kind in KINDS}


def kind_of(key: str) -> CaseKind:
    """The kind whose proceeding is called `key`; raises LookupError."""
    try:
        return _by_key[key]
    except KeyError:
        raise LookupError(f"no kind of case {key!r} is declared") from None


def kinds_chosen(catalogue: str, keys: Collection[str]) -> tuple[CaseKind, ...]:
    """The kinds of a catalogue that somebody asked for by their keys; the usual one if they named none of them."""
    offered = kinds_for(catalogue)
    return tuple(kind for kind in offered if kind.key in keys) or offered[:1]


def needs_of(kinds: Iterable[CaseKind], on: date) -> tuple[Need, ...]:
    """What the tables of these kinds that are in force ask at the opening, each once."""
    needs = {need.key: need for kind in kinds for need in kind.in_force(on).opening}
    return tuple(needs.values())


def kinds_for(catalogue: str) -> tuple[CaseKind, ...]:
    """The kinds that a category of this catalogue may lead to, the usual one first."""
    return tuple(kind for kind in KINDS if catalogue in kind.categories)
