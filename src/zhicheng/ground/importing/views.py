"""Importing on the desk: choose the file, confirm the columns, see what became of it; for every importer."""

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

from zhicheng.core.access import ENTERING, Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.importing import store
from zhicheng.ground.importing.forms import ColumnsForm, UploadForm
from zhicheng.ground.importing.models import ImportRun
from zhicheng.ground.importing.preview import preview_of
from zhicheng.ground.importing.queries import get_run, list_runs, problems_of, proposed_plan, remembered_plan
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.importing.registry import Importer, Plan, importer_of
from zhicheng.ground.importing.reporting import line_of, refused_of, write_errors
from zhicheng.ground.importing.services import confirm_import, discard_upload, receive_file
from zhicheng.ground.importing.table import Table
from zhicheng.ground.importing.tasks import defer_import
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.templatetags.house import sentence, words_of

PROBLEMS_SHOWN = 50
ROLES = ENTERING | {Role.CALLER}
"""Whose roles can bring a table at all; for what, each importer says by the body that it is brought for."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@needs_role(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest, importer: str) -> HttpResponseBase:
    """Takes a file, and lists what the body imported before."""
    taking = importer_of(importer)
    organization = _organization(request, taking)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run, _ = receive_file(
                importer=taking, source=file, name=file.name, organization=organization, by=request.actor,
                now=clock.now(),
            )  # fmt: skip
            return redirect(f"{taking.urls}_run", run.key)
        except Refused as refused:
            form.add_error("file", sentence(refused.message, refused.params))
    context = {
        "form": form, "says": taking.says, "whose": sentence(taking.says.whose, {"name": organization.name}),
        "runs": _with_addresses(taking, list_runs(taking, organization)), "crumbs": _crumbs(taking),
    }  # fmt: skip
    return render(request, "importing/upload.html", context, status=422 if form.errors else 200)


@never_cache
@needs_role(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: ActorRequest, importer: str, key: UUID) -> HttpResponseBase:
    """An import: its columns until they are confirmed, then how far it is and what was refused."""
    taking = importer_of(importer)
    found = _visible(request, taking, key)
    if found.confirmed_at is not None:
        return _result(request, taking, found)
    if request.POST.get("do") == "discard":
        discard_upload(run=found)
        return redirect(taking.urls)
    try:
        return _columns(request, taking, found, read_table(store.path_of(found.key), found.file_name))
    except FileNotFoundError:
        messages.error(request, gettext("The file is not there any more; please upload it again."))
        return redirect(taking.urls)


@never_cache
@needs_role(*ROLES)
@require_safe
def errors(request: ActorRequest, importer: str, key: UUID) -> HttpResponseBase:
    """The refused rows with their reasons as a workbook, to be mended and imported again."""
    taking = importer_of(importer)
    found = _visible(request, taking, key)
    file = TemporaryFile()  # noqa: SIM115 — the response closes it when it has been sent
    write_errors(file, found.head, refused_of(found), taking.labels)
    file.seek(0)
    name = gettext("%(file)s refused rows.xlsx") % {"file": found.file_name.rpartition(".")[0] or found.file_name}
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "no-store"
    return response


def _columns(request: ActorRequest, taking: Importer, found: ImportRun, table: Table) -> HttpResponseBase:
    plan = proposed_plan(taking, found.organization, table)
    sent = request.POST if request.method == "POST" else None
    form = taking.form(sent, importer=taking, table=table, plan=plan, actor=request.actor)
    if sent is not None and form.is_valid():
        plan = form.plan()
        if sent.get("do") == "import":
            return _confirm(taking, found, form)
    readable = form.is_valid() if sent is not None else _can_be_read(taking, plan, table)
    preview = (
        preview_of(importer=taking, table=table, plan=plan, by=request.actor, now=clock.now())
        if readable
        else None
    )
    context = {
        "run": found, "form": form, "table": table, "preview": preview,
        "saved": remembered_plan(taking, found.organization, table), "crumbs": _crumbs(taking, found.file_name),
    }  # fmt: skip
    return render(request, "importing/columns.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _confirm(taking: Importer, found: ImportRun, form: ColumnsForm) -> HttpResponseBase:
    confirm_import(run=found, plan=form.plan(), now=clock.now())
    defer_import(found.key)
    return redirect(f"{taking.urls}_run", found.key)


def _result(request: ActorRequest, taking: Importer, found: ImportRun) -> HttpResponseBase:
    if request.method == "POST" and found.finished_at is None:
        defer_import(found.key)
        return redirect(f"{taking.urls}_run", found.key)
    refused = found.refused_rows.order_by("row")[:PROBLEMS_SHOWN]
    context: dict[str, Any] = {
        "run": found, "lines": [line_of(one, taking.labels) for row in refused for one in problems_of(row)],
        "says": taking.says, "above_url": reverse(taking.above),
        "errors_url": reverse(f"{taking.urls}_errors", args=[found.key]),
        "crumbs": _crumbs(taking, found.file_name),
    }  # fmt: skip
    return render(request, "importing/result.html", context)


def _can_be_read(taking: Importer, plan: Plan, table: Table) -> bool:
    try:
        taking.check(plan, len(table.head))
    except Refused:
        return False
    return True


def _organization(request: ActorRequest, taking: Importer) -> Organization:
    """The body that the person imports for; whoever has none may not import."""
    found = taking.organization_of(request.actor)
    if found is None:
        raise PermissionDenied
    return found


def _visible(request: ActorRequest, taking: Importer, key: UUID) -> ImportRun:
    _organization(request, taking)
    found = get_run(taking, request.actor, key)
    if found is None:
        raise Http404
    return found


def _with_addresses(taking: Importer, runs: list[ImportRun]) -> list[tuple[str, ImportRun]]:
    return [(reverse(f"{taking.urls}_run", args=[one.key]), one) for one in runs]


def _crumbs(taking: Importer, here: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"label": words_of(taking.says.above), "url": reverse(taking.above)},
        {"label": words_of(taking.says.title), "url": reverse(taking.urls)},
    ]
    return [*crumbs, {"label": here, "url": ""}] if here else crumbs
