"""What somebody asks of the figures: a month, an area, a category; and what is wrong with what they asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from zhicheng.cases.choices import categories
from zhicheng.cases.figures import Month
from zhicheng.core.codes import Level
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.areas.api import Area, within

LONGEST_SHOWN = 20


@dataclass(frozen=True)
class Question:
    """A question as far as it can be answered; `problems` name what cannot. An empty category means all."""

    month: Month
    counties: list[Area]
    townships: list[Area]
    area: Area | None
    categories: list[tuple[str, str]]
    category: str
    problems: list[str]
    paths: tuple[str, ...]

    @cached_property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address."""
        return {"month": str(self.month), **({"category": self.category} if self.category else {})}


def read_question(request: ActorRequest) -> Question:
    """What the address asks. A county's officer chooses among its townships, others once a county is chosen."""
    paths = request.actor.areas
    counties, typed = _areas(paths, Level.COUNTY), request.GET.get("area", "")
    townships = _townships(paths, counties, typed)
    area = next((one for one in (*counties, *townships) if str(one.pk) == typed), None)
    known, category = categories(request.actor), request.GET.get("category", "")
    month, problems = _month(request.GET.get("month", ""))
    problems += [_no_choice(typed)] if typed and area is None else []
    if category and category not in dict(known):
        problems, category = [*problems, _no_choice(category)], ""
    return Question(month, counties, townships, area, known, category, problems, paths)


def cases_url(category: str | None, area: Area | None, first: Month, last: Month | None = None) -> str:
    """The cases that a figure counts: of one month, or from the first to the last; None is without category."""
    query = {"received_from": str(first.first), "received_to": str((last or first).last)}
    if category is None:
        query["uncategorized"] = "1"
    elif category:
        query["category"] = category
    if area is not None:
        query["area"] = str(area.pk)
    return f"{reverse('cases:cases')}?{urlencode(query)}"


def _month(typed: str) -> tuple[Month, list[str]]:
    this = Month.of(clock.today())
    if not typed:
        return this, []
    try:
        month = Month.parse(typed)
    except ValueError:
        told = gettext("“%(typed)s” is not a month; write it like 2026-11.")
        return this, [told % {"typed": typed[:LONGEST_SHOWN]}]
    if month > this:
        told = gettext("%(month)s has not begun; the latest month is %(this)s.")
        return this, [told % {"month": month, "this": this}]
    return month, []


def _no_choice(typed: str) -> str:
    return gettext("“%(typed)s” is none of the choices here.") % {"typed": typed[:LONGEST_SHOWN]}


def _townships(paths: tuple[str, ...], counties: list[Area], typed: str) -> list[Area]:
    """Those of the only county, of the one that is chosen, or of the one in which the chosen township lies."""
    if len(counties) == 1:
        return _areas(paths, Level.TOWNSHIP, counties[0])
    if not typed.isdecimal() or len(typed) > LONGEST_SHOWN - 2:
        return []
    chosen = Area.objects.filter(pk=int(typed)).values_list("path", flat=True).first() or ""
    return [one for county in _around(chosen, counties) for one in _areas(paths, Level.TOWNSHIP, county)]


def _around(path: str, counties: list[Area]) -> Iterator[Area]:
    return (county for county in counties if path.startswith(county.path))


def _areas(paths: tuple[str, ...], level: Level, county: Area | None = None) -> list[Area]:
    """The areas of a level that the viewer is competent for."""
    valid = Area.objects.valid_on(clock.today()).filter(level=level)
    if county is not None:
        valid = valid.filter(path__startswith=county.path)
    return list(within(valid, paths, field="").order_by("code"))
