"""Cases on the desk."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.cases.actions import actions_for, take_action
from zhicheng.cases.assigning import assignment_of
from zhicheng.cases.attachments import serve_file
from zhicheng.cases.category_views import category_form_for, suggestions_for
from zhicheng.cases.erasure.services import may_erase
from zhicheng.cases.forms import RevealForm
from zhicheng.cases.importing.plans import importing_organization
from zhicheng.cases.lists import CASES, RECORDED
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.page import CasePage, build_page, get_case
from zhicheng.cases.queries import answered_proceeding, is_staff_of, proceedings_for
from zhicheng.cases.registering import list_registrable, make_out_registration
from zhicheng.cases.replies.inserting import insert_template
from zhicheng.cases.replies.queries import CaseTemplates
from zhicheng.core.access import Part, Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.personal.api import reveal
from zhicheng.ground.proceedings.api import invite, process_version, read_situation
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.panels import panels_for
from zhicheng.ground.ui.record import Audience
from zhicheng.ground.ui.step_form import StepTaken
from zhicheng.ground.ui.templatetags.house import sentence

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
ANYBODY = (*STAFF, Role.COMPANY)


@needs_role(*ANYBODY)
def cases(request: ActorRequest) -> HttpResponseBase:
    """Every case in the loop that the viewer may see."""
    return list_view(request, CASES)


@needs_role(*STAFF)
def recorded(request: ActorRequest) -> HttpResponseBase:
    """Every historical case that the viewer may see."""
    may_import = importing_organization(request.actor) is not None
    return list_view(request, RECORDED, "cases/recorded.html", {
        "may_import": may_import, "may_confirm": any(one.role is Role.OFFICER for one in request.actor.reaches),
    })  # fmt: skip


@needs_role(*ANYBODY)
@require_safe
def by_id(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """Leads to the page of a case."""
    found = Case.objects.visible_to(request.actor).filter(id=case_id).first()
    if found is None:
        raise Http404
    return redirect("cases:case", found.number)


@never_cache
@needs_role(*ANYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: ActorRequest, number: str) -> HttpResponseBase:
    """One case on one page; a step that is refused comes back as it was typed."""
    found, now = _visible(request, number), clock.now()
    templates, refused = CaseTemplates(found, request.actor), None
    if request.method == "POST":
        sent = (insert_template if "insert" in request.POST else take_action)(
            request, found, request.actor, now, templates
        )
        if isinstance(sent, StepTaken):
            messages.success(request, gettext("Done: %(what)s") % {"what": offer_label(sent.step)})
            return redirect("cases:case", found.number)
        refused = sent
    page = build_page(case=found, actor=request.actor, now=now)
    is_staff = page.audience is Audience.STAFF
    context = {
        "page": page,
        "actions": actions_for(page, refused, templates),
        "action_url": request.path,
        "category_form": category_form_for(found, request.actor),
        "suggestions": suggestions_for(found, request.actor),
        "panels": panels_for((SUBJECT, found.id), request.actor),
        "registrable": [
            (one, process_version(one.kind, one.version).label)
            for one in list_registrable(found, page.proceedings, request.actor)
        ],
        "assignment": assignment_of(page, request.actor),
        "files_url": f"{request.path}files/",
        "contact": found.reporter.masked if is_staff and found.reporter and found.reporter.is_named else None,
        "invite_url": reverse("cases:invite", args=[number]) if _may_invite(request, page) else "",
        "reveal_url": reverse("cases:reveal", args=[number]) if is_staff else "",
        "erase_url": reverse("cases:erase", args=[number]) if may_erase(found, request.actor, now) else "",
        "pages": settings.PAGES if is_staff else {},
        "crumbs": [
            {"label": gettext("Cases"), "url": reverse("cases:cases")},
            {"label": found.number, "url": ""},
        ],
    }
    return render(request, "cases/case.html", context, status=422 if refused and refused.checked else 200)


@never_cache
@needs_role(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal_reporter(request: ActorRequest, number: str) -> HttpResponseBase:
    """Shows the reporter's name and number in full, for a reason that the ledger keeps."""
    found = _visible(request, number)
    staff = is_staff_of(proceedings_for(found, request.actor), request.actor)
    if found.reporter is None or found.reporter.erased_at is not None or not staff:
        raise Http404
    form = RevealForm(request.POST or None)
    revealed = None
    if request.method == "POST" and form.is_valid():
        revealed = reveal(
            contact=found.reporter, by=request.actor, reason=form.cleaned_data["reason"], now=clock.now()
        )
    context = {"case": found, "form": form, "revealed": revealed}
    status = 422 if request.method == "POST" and revealed is None else 200
    return render(request, "cases/reveal.html", context, status=status)


@never_cache
@needs_role(Role.OFFICER)
@require_http_methods(["POST"])
def invite_company(request: ActorRequest, number: str) -> HttpResponseBase:
    """Makes a link by which the ordered company answers without an account, and shows it once."""
    found = _visible(request, number)
    answered = answered_proceeding(found)
    situation = read_situation(answered.id) if answered else None
    if situation is None:
        raise Http404
    try:
        invited = invite(situation=situation, by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
        return redirect("cases:case", number)
    link = settings.BASE_URL + reverse(settings.PAGES["answer"], args=[invited.secret])
    context = {"case": found, "link": link, "invitation": invited.invitation}
    return render(request, "cases/invited.html", context)


@never_cache
@needs_role(*STAFF)
@require_POST
def registration(request: ActorRequest, number: str, proceeding: int) -> HttpResponseBase:
    """Makes out the registration form of a matter, and leads to it."""
    found = _visible(request, number)
    if proceeding not in {one.id for one in proceedings_for(found, request.actor)}:
        raise Http404
    try:
        made = make_out_registration(case=found, proceeding=proceeding, by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
        return redirect("cases:case", number)
    return redirect("documents:document", made.id)


@never_cache
@needs_role(*ANYBODY)
@require_safe
def file(request: ActorRequest, number: str, attachment: int, *, small: bool) -> HttpResponseBase:
    """A file of a case."""
    return serve_file(_visible(request, number), attachment, to=request.actor, small=small)


def _visible(request: ActorRequest, number: str) -> Case:
    """The case, if the actor may see it; else it does not exist for them."""
    found = get_case(request.actor, number)
    if found is None:
        raise Http404
    return found


def _may_invite(request: ActorRequest, page: CasePage) -> bool:
    matters = [one.matter() for one in page.proceedings if one.is_open]
    return any(
        Role.OFFICER in request.actor.roles_on(matter) and Part.RESPONDENT in matter.parts.values()
        for matter in matters
    )
