"""Importing historical cases on the desk: choose the file, confirm the columns, see what became of it."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.cases.importing import store
from zhicheng.cases.importing.forms import ColumnsForm, UploadForm
from zhicheng.cases.importing.models import ImportRun
from zhicheng.cases.importing.preview import preview_of
from zhicheng.cases.importing.queries import (
    ROLES,
    get_run,
    importing_organization,
    list_runs,
    problems_of,
    proposed_mapping,
    remembered_mapping,
)
from zhicheng.cases.importing.reading import read_table
from zhicheng.cases.importing.reporting import line_of, refused_of, write_errors
from zhicheng.cases.importing.services import confirm_import, discard_upload, receive_file
from zhicheng.cases.importing.table import Table
from zhicheng.cases.tasks import defer_import
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.templatetags.house import sentence

PROBLEMS_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@needs_role(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest) -> HttpResponseBase:
    """Takes a file, and lists what the body imported before."""
    organization = _organization(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run, _ = receive_file(
                source=file, name=file.name, organization=organization, by=request.actor, now=clock.now()
            )
            return redirect("cases:import_run", run.key)
        except Refused as refused:
            form.add_error("file", sentence(refused.message, refused.params))
    context = {"form": form, "organization": organization, "runs": list_runs(organization), "crumbs": _crumbs()}
    return render(request, "cases/import/upload.html", context, status=422 if form.errors else 200)


@never_cache
@needs_role(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: ActorRequest, key: UUID) -> HttpResponseBase:
    """An import: its columns until they are confirmed, then how far it is and what was refused."""
    found = _visible(request, key)
    if found.confirmed_at is not None:
        return _result(request, found)
    if request.POST.get("do") == "discard":
        discard_upload(run=found)
        return redirect("cases:import")
    try:
        return _columns(request, found, read_table(store.path_of(found.key), found.file_name))
    except FileNotFoundError:
        messages.error(request, gettext("The file is not there any more; please upload it again."))
        return redirect("cases:import")


@never_cache
@needs_role(*ROLES)
@require_safe
def errors(request: ActorRequest, key: UUID) -> HttpResponseBase:
    """The refused rows with their reasons as a workbook, to be mended and imported again."""
    found = _visible(request, key)
    file = TemporaryFile()  # noqa: SIM115 — the response closes it when it has been sent
    write_errors(file, found.head, refused_of(found))
    file.seek(0)
    name = gettext("%(file)s refused rows.xlsx") % {"file": found.file_name.rpartition(".")[0] or found.file_name}
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "no-store"
    return response


def _columns(request: ActorRequest, found: ImportRun, table: Table) -> HttpResponseBase:
    organization, now = found.organization, clock.now()
    saved, mapping = remembered_mapping(organization, table), proposed_mapping(organization, table)
    system = saved.name if saved else ""
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, table=table, mapping=mapping, system=system)
    if sent is not None and form.is_valid():
        mapping, system = form.mapping(), form.cleaned_data["system"]
        if sent.get("do") == "import":
            return _confirm(found, form)
    readable = form.is_valid() if sent is not None else _can_be_read(mapping, table)
    preview = (
        preview_of(table=table, mapping=mapping, organization=organization, system=system, now=now)
        if readable
        else None
    )
    context = {
        "run": found, "form": form, "table": table, "preview": preview, "saved": saved,
        "crumbs": _crumbs(found.file_name),
    }  # fmt: skip
    return render(request, "cases/import/columns.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _confirm(found: ImportRun, form: ColumnsForm) -> HttpResponseBase:
    confirm_import(run=found, mapping=form.mapping(), system=form.cleaned_data["system"], now=clock.now())
    defer_import(found.key)
    return redirect("cases:import_run", found.key)


def _result(request: ActorRequest, found: ImportRun) -> HttpResponseBase:
    if request.method == "POST" and found.finished_at is None:
        defer_import(found.key)
        return redirect("cases:import_run", found.key)
    refused = found.refused_rows.order_by("row")[:PROBLEMS_SHOWN]
    lines = [line_of(problem) for row in refused for problem in problems_of(row)]
    context: dict[str, Any] = {"run": found, "lines": lines, "crumbs": _crumbs(found.file_name)}
    return render(request, "cases/import/result.html", context)


def _can_be_read(mapping: Any, table: Table) -> bool:
    try:
        mapping.checked(len(table.head))
    except Refused:
        return False
    return True


def _organization(request: ActorRequest) -> Organization:
    """The body that the person imports for; whoever has none may not import."""
    found = importing_organization(request.actor)
    if found is None:
        raise PermissionDenied
    return found


def _visible(request: ActorRequest, key: UUID) -> ImportRun:
    _organization(request)
    found = get_run(request.actor, key)
    if found is None:
        raise Http404
    return found


def _crumbs(here: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"label": gettext("Historical cases"), "url": reverse("cases:recorded")},
        {"label": gettext("Import historical cases"), "url": reverse("cases:import")},
    ]
    return [*crumbs, {"label": here, "url": ""}] if here else crumbs
