"""Frequent problems and the map: figures of which every number opens to its cases."""

from datetime import date
from urllib.parse import urlencode

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.cases.figures import MONTHS_SHOWN, Month, category_rows, county_counts, township_counts
from zhicheng.core.access import Role
from zhicheng.core.codes import Level
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.areas.api import Area, list_boundaries, within

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
SHADES = 5


@needs_role(*STAFF)
@require_safe
def frequent(request: ActorRequest) -> HttpResponseBase:
    """Categories by month, the most frequent first, for one county or for all that the viewer may see."""
    month, problem = read_month(request)
    counties = _counties(request)
    area = next((one for one in counties if str(one.id) == request.GET.get("area")), None)
    rows = category_rows(request.actor, month, area)
    table = [
        {
            "label": row.term.label if row.term else gettext("Without category"),
            "cells": [
                (cell.month, cell.count, cases_url(row.term.code if row.term else "", area, cell.month))
                for cell in reversed(row.cells)
            ],
            "change": row.change,
        }
        for row in rows
    ]
    months = [month.back(n) for n in range(MONTHS_SHOWN)]
    context = {
        "table": table,
        "months": months,
        "month": month,
        "counties": counties,
        "area": area,
        "problem": problem,
        "total": sum(row.latest for row in rows),
        "before": sum(row.cells[-2].count for row in rows),
    }
    return render(request, "cases/frequent.html", context, status=400 if problem else 200)


@needs_role(*STAFF)
@require_safe
def by_place(request: ActorRequest) -> HttpResponseBase:
    """A map by county and a table by township."""
    month, problem = read_month(request)
    counts = county_counts(request.actor, month)
    shown = _counties(request)
    shown += Area.objects.filter(id__in=counts.keys() - {one.id for one in shown}).order_by("code")
    counties = [(one, counts.get(one.id, 0), cases_url("", one, month)) for one in shown]
    townships = [
        (area, count, cases_url("", area, month)) for area, count in township_counts(request.actor, month)
    ]
    context = {
        "month": month,
        "problem": problem,
        "counties": counties,
        "townships": townships,
        "map_url": f"{reverse('cases:map_data')}?{urlencode({'month': month})}",
    }
    return render(request, "cases/by_place.html", context, status=400 if problem else 200)


@needs_role(*STAFF)
@require_safe
def map_data(request: ActorRequest) -> JsonResponse:
    """The outlines of the viewer's counties with the month's counts, as GeoJSON."""
    month, _ = read_month(request)
    counts = county_counts(request.actor, month)
    most = max(counts.values(), default=0)
    outlines = list_boundaries(_paths(request), Level.COUNTY)
    features = [
        {
            "type": "Feature",
            "geometry": outline.geometry,
            "properties": {
                "name": outline.area.name,
                "label": str(counts.get(outline.area_id, 0)),
                "level": shade(counts.get(outline.area_id, 0), most),
                "href": cases_url("", outline.area, month),
            },
        }
        for outline in outlines
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features, "legend": legend(most)})


def read_month(request: ActorRequest) -> tuple[Month, str]:
    """The month asked for, or this one; and what is wrong with what was asked."""
    this = Month.of(clock.today())
    typed = request.GET.get("month", "")
    if not typed:
        return this, ""
    try:
        month = Month.parse(typed)
    except ValueError:
        return this, gettext("“%(typed)s” is not a month; write it like 2026-11.") % {"typed": typed[:20]}
    return min(month, this), ""


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


def cases_url(category: str, area: Area | None, month: Month) -> str:
    """The list of the cases that a figure counts."""
    query: dict[str, str | date] = {"received_from": month.first, "received_to": month.last}
    if category:
        query["category"] = category
    if area:
        query["area"] = str(area.id)
    return f"{reverse('cases:cases')}?{urlencode(query)}"


def _paths(request: ActorRequest) -> tuple[str, ...]:
    return tuple({path for reach in request.actor.reaches for path in reach.areas})


def _counties(request: ActorRequest) -> list[Area]:
    """The counties that the viewer is competent for."""
    valid = Area.objects.valid_on(clock.today()).filter(level=Level.COUNTY)
    return list(within(valid, _paths(request), field="").order_by("code"))
