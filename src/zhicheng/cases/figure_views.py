"""Frequent problems and the map: figures of which every number opens to its cases."""

from collections.abc import Iterable

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.cases.figure_questions import Question, cases_url, read_question
from zhicheng.cases.figures import (
    MONTHS_SHOWN,
    CategoryRow,
    PlaceRow,
    category_rows,
    county_counts,
    township_rows,
)
from zhicheng.core.access import Role
from zhicheng.core.codes import Level
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.areas.api import Area, list_boundaries

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
SHADES = 5


@needs_role(*STAFF)
@require_safe
def frequent(request: ActorRequest) -> HttpResponseBase:
    """Categories by month, the most frequent first, for one area or for all that the viewer may see."""
    asked = read_question(request)
    rows = category_rows(request.actor, asked.month, asked.area)
    latest, before = sum(row.latest for row in rows), sum(row.cells[-2].count for row in rows)
    context = {
        "asked": asked,
        "table": [_category_line(row, asked) for row in rows],
        "months": [asked.month.back(n) for n in range(MONTHS_SHOWN)],
        "total": _compared(latest, before, "", asked),
    }
    return render(request, "cases/frequent.html", context, status=400 if asked.problems else 200)


@needs_role(*STAFF)
@require_safe
def by_place(request: ActorRequest) -> HttpResponseBase:
    """A map by county and a table by township, of one category or of all, against the month before."""
    asked = read_question(request)
    months = (asked.month, asked.month.back(1))
    counts, before = (county_counts(request.actor, month, asked.category) for month in months)
    others = (counts | before).keys() - {one.pk for one in asked.counties}
    shown = (*asked.counties, *Area.objects.filter(id__in=others).order_by("code"))
    counties = [PlaceRow(one, counts.get(one.pk, 0), before.get(one.pk, 0)) for one in shown]
    townships = township_rows(request.actor, asked.month, asked.category)
    context = {
        "asked": asked,
        "counties": _place_lines(counties, asked),
        "townships": _place_lines(townships, asked),
        "map_url": f"{reverse('cases:map_data')}?{urlencode(asked.query)}",
    }
    return render(request, "cases/by_place.html", context, status=400 if asked.problems else 200)


@needs_role(*STAFF)
@require_safe
def map_data(request: ActorRequest) -> JsonResponse:
    """The outlines of the viewer's counties with the month's counts, as GeoJSON."""
    asked = read_question(request)
    counts = county_counts(request.actor, asked.month, asked.category)
    most = max(counts.values(), default=0)
    features = [
        {
            "type": "Feature",
            "geometry": outline.geometry,
            "properties": {
                "name": outline.area.name,
                "label": str(counts.get(outline.area_id, 0)),
                "level": shade(counts.get(outline.area_id, 0), most),
                "href": cases_url(asked.category, outline.area, asked.month),
            },
        }
        for outline in list_boundaries(asked.paths, Level.COUNTY)
    ]
    answer = {"type": "FeatureCollection", "features": features, "legend": legend(most)}
    return JsonResponse(answer, status=400 if asked.problems else 200)


def shade(count: int, most: int) -> int | None:
    """The class of a count on the map, 0 to 4 in equal steps up to `most`; None where there is nothing."""
    return None if count == 0 else min(SHADES - 1, (count - 1) * SHADES // most)


def legend(most: int) -> list[dict[str, object]]:
    """The classes that occur, in words."""
    levels: dict[int, list[int]] = {}
    for count in range(1, most + 1):
        level = shade(count, most)
        assert level is not None
        levels.setdefault(level, []).append(count)
    texts = [(level, f"{held[0]}–{held[-1]}" if len(held) > 1 else f"{held[0]}") for level, held in levels.items()]
    return [{"level": None, "text": "0"}, *({"level": level, "text": text} for level, text in texts)]


def _category_line(row: CategoryRow, asked: Question) -> dict[str, object]:
    category = row.term.code if row.term else None
    months = [(one.month, one.count, cases_url(category, asked.area, one.month)) for one in reversed(row.cells)]
    compared = _compared(row.latest, row.cells[-2].count, category, asked)
    return {"label": row.term.label if row.term else gettext("Without category"), "months": months, **compared}


def _place_lines(rows: Iterable[PlaceRow], asked: Question) -> list[dict[str, object]]:
    return [
        {"area": row.area, **_compared(row.count, row.before, asked.category, asked, row.area)} for row in rows
    ]


def _compared(
    count: int, before: int, category: str | None, asked: Question, area: Area | None = None
) -> dict[str, object]:
    """A count, that of the month before and the difference, each with the cases behind it."""
    place, month = area or asked.area, asked.month
    return {
        "count": count,
        "count_url": cases_url(category, place, month),
        "before": before,
        "before_url": cases_url(category, place, month.back(1)),
        "change": count - before,
        "change_url": cases_url(category, place, month.back(1), month),
    }
