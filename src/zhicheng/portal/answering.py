"""A company answers an order by the secret link of its invitation: no account is needed."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.cases.api import SUBJECT, Case, actions_for, build_page, invited_company, serve_file, take_action
from zhicheng.ground import clock
from zhicheng.ground.documents.api import readable, serve_pdf, shown_papers
from zhicheng.ground.proceedings.api import Invitation, find_invitation
from zhicheng.ground.ui.step_form import StepTaken


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The order, what may be answered, and what happened; a link that has expired says so."""
    invitation = find_invitation(secret, clock.now())
    if invitation is None:
        return render(request, "portal/answer_expired.html", status=404)
    found, now = _case(invitation), clock.now()
    actor = invited_company(found, invitation.organization)
    refused = None
    if request.method == "POST":
        sent = take_action(request, found, actor, now)
        if isinstance(sent, StepTaken):
            return redirect("portal:answer", secret)
        refused = sent
    page = build_page(case=found, actor=actor, now=now)
    context = {
        "page": page,
        "company": invitation.organization,
        "actions": actions_for(page, refused),
        "action_url": request.path,
        "files_url": f"{request.path}files/",
        "papers": {"papers": shown_papers(SUBJECT, found.id, actor), "url": f"{request.path}papers/"},
    }
    return render(request, "portal/answer.html", context, status=422 if refused else 200)


@never_cache
@require_safe
def file(request: HttpRequest, secret: str, attachment: int, *, small: bool) -> HttpResponseBase:
    """A file of the case that the invitation opens."""
    invitation = find_invitation(secret, clock.now())
    if invitation is None:
        return HttpResponse(status=404)
    found = _case(invitation)
    return serve_file(found, attachment, to=invited_company(found, invitation.organization), small=small)


@never_cache
@require_POST
def paper(request: HttpRequest, secret: str, document_id: int) -> HttpResponse:
    """The PDF of a paper that is addressed to the company, or that it sent."""
    invitation = find_invitation(secret, clock.now())
    if invitation is None:
        return HttpResponse(status=404)
    actor = invited_company(_case(invitation), invitation.organization)
    return serve_pdf(readable(document_id, actor), by=actor, now=clock.now())


def _case(invitation: Invitation) -> Case:
    found = Case.objects.select_related(
        "category", "cause", "area", "county", "site__parent", "company", "reporter"
    )
    return found.get(id=invitation.proceeding.subject_id)
