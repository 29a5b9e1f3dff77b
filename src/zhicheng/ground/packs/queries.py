"""The rules that hold at a place: the nearest area that states one wins, then the law."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhicheng.core.clock import Limit, MissingLimit, WorkingCalendar
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.clock import today
from zhicheng.ground.packs.loaded import loaded
from zhicheng.ground.packs.models import Term

Place = Area | str
"""An area, or its materialized path where only that is at hand."""


class UnknownTerm(Refused, LookupError):
    """A catalogue does not have this code."""


@dataclass(frozen=True)
class Branch:
    """A term and the branches below it."""

    term: Term
    below: tuple["Branch", ...] = ()


def limit_for(*, key: str, area: Place | None, on: date) -> Limit:
    """The limit called `key` in force on a day for matters in `area`; `None` asks for the law alone.

    A township's own limit goes before its county's, that before the city's, that before the nation's. Raises
    MissingLimit, which names key, place and day.
    """
    limits = loaded().limits
    for area_id in _nearest_first(area):
        for limit in limits.get((key, area_id), ()):
            if on in limit.in_force:
                return limit
    raise MissingLimit(
        words("No limit “{key}” is in force on {on} for {area}; expected one in the law or the pack"),
        key=key, on=on, area=_name_of(area),
    )  # fmt: skip


def list_places_of(key: str, on: date) -> list[str]:
    """The paths of the areas that state this limit themselves on a day; the law's is the empty one."""
    ids = {area for (known, area), limits in loaded().limits.items() if known == key and _any_in_force(limits, on)}
    areas = Area.objects.filter(pk__in=[one for one in ids if one is not None])
    return [*([""] if None in ids else []), *sorted(areas.values_list("path", flat=True))]


def _any_in_force(limits: Iterable[Limit], on: date) -> bool:
    return any(on in limit.in_force for limit in limits)


def _name_of(area: Place | None) -> str:
    if area is None:
        return words("the whole country")
    found = Area.objects.filter(path=area).first() if isinstance(area, str) else area
    return str(found or area)


def list_terms(catalogue: str, area: Place | None, on: date | None = None) -> list[Term]:
    """The terms of a catalogue that are offered in `area` on a day (default: today), in order.

    National terms and those of the areas above are offered together; of two with one code the nearer counts.
    """
    day = on or today()
    terms = [term for term in _by_code(catalogue, area).values() if term.is_valid_on(day)]
    return sorted(terms, key=lambda term: (term.sort, term.code))


def term_tree(catalogue: str, area: Place | None, on: date | None = None) -> tuple[Branch, ...]:
    """The terms of `list_terms` as a tree: groups with what is in them."""
    terms = list_terms(catalogue, area, on)
    known = {term.pk for term in terms}

    def branches(parent_id: int | None) -> tuple[Branch, ...]:
        return tuple(
            Branch(term, branches(term.pk))
            for term in terms
            if (term.parent_id if term.parent_id in known else None) == parent_id
        )

    return branches(None)


def get_term(catalogue: str, code: str, area: Place | None) -> Term:
    """The term with that code, ended or not, because old records keep naming it. Raises UnknownTerm."""
    term = _by_code(catalogue, area).get(code)
    if term is None:
        raise UnknownTerm(
            words("The catalogue “{catalogue}” has no term “{code}”"), catalogue=catalogue, code=code
        )
    return term


def term_label(catalogue: str, code: str, area: Place | None) -> str:
    """The words of a term in the language of the page; the code itself where nothing is known of it."""
    term = _by_code(catalogue, area).get(code)
    return term.label if term else code


def working_calendar() -> WorkingCalendar:
    """The working days of the country, with the years that the national pack adds or corrects."""
    return loaded().calendar


def _nearest_first(area: Place | None) -> Iterator[int | None]:
    if area is not None:
        path = area if isinstance(area, str) else area.path
        yield from (int(part) for part in reversed(path.strip("/").split("/")))
    yield None


def _by_code(catalogue: str, area: Place | None) -> dict[str, Term]:
    terms = loaded().terms
    found: dict[str, Term] = {}
    for area_id in _nearest_first(area):
        for term in terms.get((catalogue, area_id), ()):
            found.setdefault(term.code, term)
    return found
