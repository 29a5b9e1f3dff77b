"""The page on which an officer confirms the categories of many historical cases: one screen, one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.models import Case
from zhicheng.cases.suggesting.confirming import (
    Named,
    confirm_categories,
    find_category,
    named_categories,
    suggestions_of,
    waiting_cases,
)
from zhicheng.cases.suggesting.queries import Suggestions
from zhicheng.core.access import Role
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.packs.api import Term

ROWS = 20


@dataclass(frozen=True)
class Row:
    """A case with what is suggested, and what was chosen or typed so far."""

    case: Case
    suggestions: Suggestions
    chosen: str = ""
    typed: str = ""
    error: str = ""


@never_cache
@needs_role(Role.OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ActorRequest) -> HttpResponseBase:
    """The next cases without category; nothing is chosen beforehand, and what is not chosen stays for later."""
    if request.method == "POST":
        return _save(request)
    after = read_id(request.GET.get("after", "")) or 0
    cases = list(waiting_cases(request.actor).filter(id__gt=after)[:ROWS])
    return _page(request, [Row(case, suggestions_of(case)) for case in cases], after)


def _save(request: ActorRequest) -> HttpResponseBase:
    """Saves what was chosen, or nothing if something is no category; what was typed stays then."""
    ids = [id_ for text in request.POST.getlist("case")[:ROWS] if (id_ := read_id(text)) is not None]
    cases = list(waiting_cases(request.actor).filter(id__in=ids))
    rows, chosen = _read(cases, request.POST)
    if any(row.error for row in rows):
        return _page(request, rows, min(ids, default=1) - 1, status=422)
    given = confirm_categories(chosen=chosen, cases=cases, by=request.actor, now=clock.now())
    _tell(request, given, len(ids) - len(cases) + len(chosen) - given)
    return redirect(f"{reverse('cases:confirm')}?after={max(ids, default=0)}")


def _read(cases: Sequence[Case], sent: QueryDict) -> tuple[list[Row], dict[int, Term]]:
    """The rows as they were sent, and the categories that they name; typed words go before a pressed choice."""
    rows, chosen = [], {}
    for case in cases:
        pressed, typed = sent.get(f"choice-{case.pk}", ""), sent.get(f"other-{case.pk}", "").strip()[:120]
        found = find_category(typed or pressed, _named(case)) if typed or pressed else None
        error = ""
        if found is not None:
            chosen[case.pk] = found
        elif typed or pressed:
            error = gettext("Not a category; expected is the code or the words of one.")
        rows.append(Row(case, suggestions_of(case), pressed, typed, error))
    return rows, chosen


def _page(request: ActorRequest, rows: Sequence[Row], after: int, status: int = 200) -> HttpResponseBase:
    waiting = waiting_cases(request.actor)
    last = rows[-1].case.pk if rows else after
    context: dict[str, Any] = {
        "rows": rows, "names": {name.label: name.term.code for row in rows for name in _named(row.case)},
        "left": waiting.count(), "skipped": after > 0, "faults": sum(bool(row.error) for row in rows),
        "next": last if waiting.filter(id__gt=last).exists() else None,
        "starting": any(row.suggestions.starting for row in rows),
        "crumbs": [
            {"label": gettext("Historical cases"), "url": reverse("cases:recorded")},
            {"label": gettext("Confirm categories"), "url": ""},
        ],
    }  # fmt: skip
    return render(request, "cases/confirm.html", context, status=status)


def _named(case: Case) -> tuple[Named, ...]:
    return named_categories(case.area.path, get_language() or "")


def _tell(request: ActorRequest, given: int, others: int) -> None:
    if given:
        told = ngettext("%(count)d case has its category.", "%(count)d cases have their categories.", given)
        messages.success(request, told % {"count": given})
    else:
        messages.info(request, gettext("Nothing was chosen: these cases stay without category."))
    if others:
        told = ngettext(
            "%(count)d case had been given one meanwhile, and keeps it.",
            "%(count)d cases had been given one meanwhile, and keep it.",
            others,
        )
        messages.info(request, told % {"count": others})
