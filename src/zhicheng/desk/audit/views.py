"""The ledger as an audit administrator reads it: entries, one subject's chain, its verification, daily roots."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.core.access import Role, Subject
from zhicheng.core.chain import GENESIS
from zhicheng.desk.audit.lists import ENTRIES, with_actors
from zhicheng.desk.audit.wording import subject_label
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ledger.api import Entry, list_entries, list_exports, list_roots, verify_one_chain
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

PAGE = 100
LONGEST_NUMBER = 9
PART = 16
audit_only = needs_role(Role.AUDIT_ADMINISTRATOR)


@never_cache
@audit_only
def entries(request: ActorRequest) -> HttpResponseBase:
    """Every entry."""
    return list_view(request, ENTRIES, "desk/audit/list.html")


@never_cache
@audit_only
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """The chain of one subject from its first entry; posting verifies it and says what was found."""
    subject = (kind, pk)
    page = _entries_after(subject, request.GET.get("after", ""))
    context: dict[str, Any] = {
        "label": f"{subject_label(kind)} {pk}",
        "rows": with_actors(page[:PAGE], request.actor),
        "next": f"?after={page[PAGE - 1].number}" if len(page) > PAGE else "",
        "first": "?" if "after" in request.GET else "",
        "length": list_entries(subject).count(),
        "crumbs": [_ledger_crumb(), {"label": f"{subject_label(kind)} {pk}", "url": ""}],
    }
    if request.method == "POST":
        report = verify_one_chain(subject, list_exports()[-1:])
        found = report.finding
        context |= {"report": report, "found": sentence(found.message, found.params) if found else ""}
    return render(request, "desk/audit/chain.html", context)


@never_cache
@audit_only
@require_safe
def entry(request: ActorRequest, kind: str, pk: int, number: int) -> HttpResponse:
    """One entry with its whole hash and the one before it."""
    found = {one.number: one for one in list_entries((kind, pk)).filter(number__in=[number - 1, number])}
    if number not in found:
        raise Http404
    (row,) = with_actors([found[number]], request.actor)
    before = found.get(number - 1)
    context = {
        "row": row,
        "hash": in_parts(bytes(row.entry.hash)),
        "before": in_parts(bytes(before.hash) if before else GENESIS),
        "size": len(bytes(row.entry.body)),
        "crumbs": [
            _ledger_crumb(),
            {"label": row.subject, "url": reverse("ledger:chain", args=[kind, pk])},
            {"label": gettext("Entry %(number)s") % {"number": number}, "url": ""},
        ],
    }
    return render(request, "desk/audit/entry.html", context)


@never_cache
@audit_only
@require_safe
def roots(request: ActorRequest) -> HttpResponse:
    """The Merkle roots of sealed days, the latest first."""
    found = list_roots()
    before = _day(request.GET.get("before", ""))
    page = list((found.filter(day__lt=before) if before else found)[: PAGE + 1])
    context = {
        "roots": [(one, in_parts(bytes(one.root))) for one in page[:PAGE]],
        "next": f"?before={page[PAGE - 1].day}" if len(page) > PAGE else "",
        "first": "?" if before else "",
        "crumbs": [_ledger_crumb(), {"label": gettext("Daily roots"), "url": ""}],
    }
    return render(request, "desk/audit/roots.html", context)


def in_parts(hash_: bytes) -> list[str]:
    """A hash in parts of 16 digits, between which a narrow screen may break it.

    >>> in_parts(bytes(9))
    ['0000000000000000', '00']
    """
    digits = hash_.hex()
    return [digits[place : place + PART] for place in range(0, len(digits), PART)]


def _entries_after(subject: Subject, after: str) -> list[Entry]:
    """One entry more than a page holds. Raises Http404 if the subject has no chain or the place is no number."""
    plain = after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER
    if after and not plain:
        raise Http404
    found = list(list_entries(subject).filter(number__gt=int(after or 0))[: PAGE + 1])
    if not found:
        raise Http404
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _ledger_crumb() -> dict[str, str]:
    return {"label": gettext("Ledger"), "url": reverse("ledger:entries")}
