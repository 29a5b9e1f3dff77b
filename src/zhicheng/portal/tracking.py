"""Following a case with its number and secret, and doing what a reporter may do with it."""

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.cases.api import (
    SUBJECT,
    Case,
    actions_for,
    build_page,
    reporter_of,
    secret_hash,
    serve_file,
    take_action,
)
from zhicheng.ground import clock
from zhicheng.ground.documents.api import readable, serve_pdf, shown_papers
from zhicheng.ground.notices.api import RecipientKind, Stoppable, stop_path
from zhicheng.ground.ui.step_form import StepTaken
from zhicheng.ground.visitors.api import count_attempt, held_until
from zhicheng.portal.forms import TrackingForm
from zhicheng.portal.holding import held_back

OPENED = "opened_cases"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Asks for number and secret. A wrong one and an unknown one are told in the same words.

    Wrong ones alone are counted: a village that follows its cases through one connection is not locked out.
    """
    if request.method != "POST":
        return render(request, "portal/track.html", {"form": TrackingForm(initial=request.GET)})
    limit, now = settings.WRONG_SECRETS_PER_HOUR, clock.now()
    held = held_until(request=request, what="secret", limit=limit, now=now)
    if held is not None:
        return held_back(request, "portal/track.html", {"form": TrackingForm(initial=request.POST)}, held)
    form = TrackingForm(request.POST)
    if form.is_valid():
        case = Case.objects.filter(number=form.cleaned_data["number"]).first()
        if case is not None and _opens(case, form.cleaned_data["secret"]):
            opened = request.session.get(OPENED, [])
            request.session[OPENED] = [*opened, case.id] if case.id not in opened else opened
            return redirect("portal:case", case.number)
        count_attempt(request=request, what="secret", limit=limit, now=now)
        form.add_error(None, gettext("No case has this number and secret. Check both, or call the hotline."))
    return render(request, "portal/track.html", {"form": form}, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponseBase:
    """The reporter's page of a case."""
    found = _opened(request, number)
    actor, now = reporter_of(found), clock.now()
    if request.method == "POST":
        sent = take_action(request, found, actor, now)
        if isinstance(sent, StepTaken):
            return redirect("portal:case", found.number)
        refused = sent
    else:
        refused = None
    page = build_page(case=found, actor=actor, now=now)
    context = {
        "page": page,
        "actions": actions_for(page, refused),
        "action_url": request.path,
        "files_url": f"{request.path}files/",
        "telling": _telling(found),
        "papers": {"papers": shown_papers(SUBJECT, found.id, actor), "url": f"{request.path}papers/"},
    }
    return render(request, "portal/case.html", context, status=422 if refused else 200)


@never_cache
@require_safe
def file(request: HttpRequest, number: str, attachment: int, *, small: bool) -> HttpResponseBase:
    """A file of a case that this browser has opened."""
    found = _opened(request, number)
    return serve_file(found, attachment, to=reporter_of(found), small=small)


@never_cache
@require_POST
def paper(request: HttpRequest, number: str, document_id: int) -> HttpResponse:
    """The PDF of a paper that is addressed to the reporter."""
    actor = reporter_of(_opened(request, number))
    return serve_pdf(readable(document_id, actor), by=actor, now=clock.now())


def _telling(case: Case) -> dict[str, object] | None:
    """Whether the reporter is told how it goes on, and where that is changed; None if there is no way to tell."""
    contact = case.reporter
    if contact is None or not (contact.phone_sealed or contact.email_sealed):
        return None
    address = stop_path(Stoppable(RecipientKind.CONTACT, contact.pk))
    return {"wanted": contact.progress_agreed_at is not None, "address": address}


def _opens(case: Case, secret: str) -> bool:
    return case.secret_hash is not None and compare_digest(bytes(case.secret_hash), secret_hash(secret))


def _opened(request: HttpRequest, number: str) -> Case:
    """The case, if its secret was given in this browser; else it does not exist here."""
    if not number.isprintable():
        raise Http404
    found = Case.objects.select_related(
        "category", "cause", "area", "county", "site__parent", "company", "reporter"
    ).filter(number=number, id__in=request.session.get(OPENED, []))
    case = found.first()
    if case is None:
        raise Http404
    return case
