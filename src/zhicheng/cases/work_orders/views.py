"""Work orders at the hotline's desk: the list of them, and handing answers back."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.cases.models import AnswerSheet
from zhicheng.cases.work_orders.answering import find_answers, hand_over
from zhicheng.cases.work_orders.answers import get_sheet, lines_of, list_sheets, systems_of
from zhicheng.cases.work_orders.forms import AnswersForm
from zhicheng.cases.work_orders.lists import ORDERS
from zhicheng.cases.work_orders.plans import hotline_of
from zhicheng.cases.work_orders.sheet_file import CONTENT_TYPES, Format, result_of, write_sheet
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

LINES_A_PAGE = 100


@needs_role(Role.CALLER)
def orders(request: ActorRequest) -> HttpResponseBase:
    """Every matter that has a number in another system."""
    return list_view(request, ORDERS, "cases/work_orders/list.html")


@never_cache
@needs_role(Role.CALLER)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: ActorRequest) -> HttpResponseBase:
    """Asks what is to be handed over, says how much it would be, and lists what was."""
    centre, systems = _centre(request), systems_of(request.actor)
    form = AnswersForm(request.POST or None, systems=systems)
    if request.method == "POST" and form.is_valid() and (sheet := _handed_over(request, form, centre)):
        told = gettext("%(count)d answers are written down as handed over. Download the table below.")
        messages.success(request, told % {"count": sheet.rows})
        return redirect("cases:answers_sheet", sheet.pk)
    context = {
        "form": form, "systems": systems, "sheets": list_sheets(centre), "crumbs": _crumbs(),
        "waiting": [(one, len(find_answers(system=one, by=request.actor))) for one in systems],
    }  # fmt: skip
    return render(request, "cases/work_orders/answers.html", context, status=422 if form.errors else 200)


@never_cache
@needs_role(Role.CALLER)
@require_safe
def sheet(request: ActorRequest, sheet_id: int) -> HttpResponseBase:
    """What was handed over once, to be read or downloaded again."""
    found = _sheet(request, sheet_id)
    page = Paginator(lines_of(found, request.actor), LINES_A_PAGE).get_page(
        read_id(request.GET.get("page", "")) or 1
    )
    lines = [(line, result_of(line)) for line in page]
    crumbs = _crumbs(f"{found.system} · {found.pk}")
    return render(
        request, "cases/work_orders/sheet.html", {"sheet": found, "page": page, "lines": lines, "crumbs": crumbs}
    )


@never_cache
@needs_role(Role.CALLER)
@require_safe
def sheet_file(request: ActorRequest, sheet_id: int, ending: str) -> HttpResponseBase:
    """A sheet as a file."""
    found = _sheet(request, sheet_id)
    if ending not in list(Format):
        raise Http404
    as_, file = Format(ending), TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
    write_sheet(file, found, as_, request.actor)
    file.seek(0)
    name = gettext("answers %(system)s %(number)d") % {"system": found.system, "number": found.pk}
    response = FileResponse(file, as_attachment=True, filename=f"{name}.{as_}", content_type=CONTENT_TYPES[as_])
    response["Cache-Control"] = "no-store"
    return response


def _handed_over(request: ActorRequest, form: AnswersForm, centre: Organization) -> AnswerSheet | None:
    try:
        return hand_over(
            organization=centre, system=form.cleaned_data["system"], by=request.actor, now=clock.now(),
            period=form.period,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, sentence(refused.message, refused.params))
        return None


def _centre(request: ActorRequest) -> Organization:
    """The hotline centre that the viewer works for; whoever works for none hands nothing over."""
    found = hotline_of(request.actor)
    if found is None:
        raise PermissionDenied
    return found


def _sheet(request: ActorRequest, sheet_id: int) -> AnswerSheet:
    found = get_sheet(_centre(request), sheet_id)
    if found is None:
        raise Http404
    return found


def _crumbs(here: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"label": gettext("Work orders"), "url": reverse("cases:orders")},
        {"label": gettext("Answers to other hotlines"), "url": reverse("cases:answers")},
    ]
    return [*crumbs, {"label": here, "url": ""}] if here else crumbs
