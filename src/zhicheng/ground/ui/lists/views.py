"""The view of every list: shows a page of it, exports it, keeps views of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django_htmx.middleware import HtmxDetails

from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.ui.cursor import BadCursor
from zhicheng.ground.ui.lists.export import Format, export
from zhicheng.ground.ui.lists.paging import BadPage, read_page
from zhicheng.ground.ui.lists.presenting import present
from zhicheng.ground.ui.lists.reading import Reading, read_list
from zhicheng.ground.ui.lists.sorting import UnknownSort
from zhicheng.ground.ui.lists.spec import RecordList
from zhicheng.ground.ui.models import SavedView
from zhicheng.ground.ui.saved_views import delete_view, rename_view, save_view
from zhicheng.ground.ui.templatetags.house import sentence

REGION = "list"
"""The id of the part of the page that htmx replaces."""
Act = Callable[[ActorRequest, RecordList[Any], Reading], HttpResponseBase]


def list_view(
    request: ActorRequest,
    spec: RecordList[Any],
    template: str = "ui/list.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """A page of the list, or what a button of it asks for. Works without script.

    With htmx only the list itself is sent. `template` shows the list in another layout: it includes
    `ui/_list.html`. `context` adds to what it is given. An address that the list cannot read is answered with
    400 and the reason. The caller sees to it that only the right roles come here.
    """
    try:
        reading = read_list(spec, request.actor, request.GET)
        place = reading.place(request.GET)
    except (UnknownSort, BadCursor, BadPage) as refused:
        refusal = sentence(refused.message, refused.params)
        shown = {"spec": spec, "refusal": refusal, **(context or {})}
        return render(request, template, shown, status=400)
    if request.method == "POST":
        return _act(request, spec, reading)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    page = read_page(reading.rows, reading.sort, place, reading.scope, spec.page_size)
    shown = {"list": present(spec, reading, page, place, request.actor), "spec": spec, **(context or {})}
    response = render(request, "ui/_list.html" if _asks_for_region(request) else template, shown)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _asks_for_region(request: ActorRequest) -> bool:
    htmx = HtmxDetails(request)
    return bool(htmx) and htmx.target == REGION and not htmx.history_restore_request


def _act(request: ActorRequest, spec: RecordList[Any], reading: Reading) -> HttpResponseBase:
    """Does what the button says. What is refused is said on the list, as it was."""
    act = _ACTS.get(done := request.POST.get("do", "")) or _tool(spec, done)
    if act is None:
        return HttpResponse(gettext("This list has no such button."), status=400, content_type="text/plain")
    try:
        return act(request, spec, reading)
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    except SavedView.DoesNotExist:
        raise Http404 from None
    return _back(request, reading)


def _tool(spec: RecordList[Any], key: str) -> Act | None:
    """The list's own button with this key."""
    tool = next((one for one in spec.tools if one.key == key), None)
    return None if tool is None else lambda request, _, reading: tool.act(request, reading)


def _back(request: ActorRequest, reading: Reading) -> HttpResponseBase:
    return HttpResponseRedirect(f"{request.path}?{reading.query}" if reading.query else request.path)


def _export(form: Format) -> Act:
    def act(request: ActorRequest, spec: RecordList[Any], reading: Reading) -> HttpResponseBase:
        return export(spec, reading, form, by=request.actor, now=clock.now())

    return act


def _save(request: ActorRequest, spec: RecordList[Any], reading: Reading) -> HttpResponseBase:
    if reading.form.errors:
        raise Refused(words("Put the filters right first."))
    view = save_view(
        list_key=spec.key, name=request.POST.get("name", ""), query=reading.query,
        shared="shared" in request.POST, by=request.actor, now=clock.now(),
    )  # fmt: skip
    messages.success(request, gettext("The view “%(name)s” is saved.") % {"name": view.name})
    return _back(request, reading)


def _rename(request: ActorRequest, spec: RecordList[Any], reading: Reading) -> HttpResponseBase:
    name = request.POST.get("name", "")
    rename_view(view=_view_id(request), name=name, list_key=spec.key, by=request.actor)
    messages.success(request, gettext("The view has its new name."))
    return _back(request, reading)


def _delete(request: ActorRequest, spec: RecordList[Any], reading: Reading) -> HttpResponseBase:
    delete_view(view=_view_id(request), list_key=spec.key, by=request.actor)
    messages.success(request, gettext("The view is deleted."))
    return _back(request, reading)


def _view_id(request: ActorRequest) -> int:
    view = read_id(request.POST.get("view", ""))
    if view is None:
        raise Http404
    return view


_ACTS: dict[str, Act] = {
    "export-xlsx": _export(Format.EXCEL),
    "export-csv": _export(Format.CSV),
    "save-view": _save,
    "rename-view": _rename,
    "delete-view": _delete,
}
