"""Keeping reply templates, on the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.replies.forms import TemplateForm
from zhicheng.cases.replies.lists import TEMPLATES, spot_label
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.rules import BLANKS
from zhicheng.cases.replies.services import KEEPERS, bodies_kept_by, retire_template, save_template
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.lists import list_view

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)


@needs_role(*STAFF)
def templates(request: ActorRequest) -> HttpResponseBase:
    """The templates that the viewer can insert, and those out of use."""
    return list_view(request, TEMPLATES, "cases/replies/list.html", {"may_add": bool(_bodies(request))})


@never_cache
@needs_role(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def template_new(request: ActorRequest) -> HttpResponseBase:
    """Adds a template to the viewer's body, from nothing or from a shared one."""
    start = read_id(request.GET.get("from", ""))
    shared = None if start is None else _visible(request, start)
    return _edit(request, None, shared)


@never_cache
@needs_role(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: ActorRequest, template_id: int) -> HttpResponseBase:
    """One template: read, and by those who keep it revised or taken out of use."""
    found = _visible(request, template_id)
    if found.organization_id in bodies_kept_by(request.actor):
        return _retire(request, found) if "retire" in request.POST else _edit(request, found, found)
    if request.method == "POST":
        raise PermissionDenied
    copy_url = f"{reverse('cases:reply_new')}?from={found.pk}" if _bodies(request) else ""
    context = {
        "template": found, "spot": spot_label(found), "crumbs": _crumbs(found.title), "copy_url": copy_url,
    }  # fmt: skip
    return render(request, "cases/replies/read.html", context)


def _edit(request: ActorRequest, found: ReplyTemplate | None, start: ReplyTemplate | None) -> HttpResponseBase:
    body = _body(request, found)
    sent = request.POST if request.method == "POST" else None
    form = TemplateForm(sent, area_path=body.area.path, start=start)
    if form.is_valid():
        try:
            kept = save_template(
                template=found, body=body.pk, wording=form.wording, by=request.actor, now=clock.now(),
                on=clock.today(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, gettext("“%(title)s” is offered to your colleagues.") % {"title": kept.title}
            )
            return redirect("cases:replies")
    blanks = [(f"{{{name}}}", label) for name, label in BLANKS.items()]
    title = found.title if found else gettext("New")
    context = {"form": form, "template": found, "blanks": blanks, "body": body, "crumbs": _crumbs(title)}
    return render(request, "cases/replies/edit.html", context, status=422 if form.errors else 200)


def _retire(request: ActorRequest, found: ReplyTemplate) -> HttpResponseBase:
    retire_template(template=found, by=request.actor, now=clock.now(), on=clock.today())
    messages.success(request, gettext("“%(title)s” is no longer offered.") % {"title": found.title})
    return redirect("cases:replies")


def _visible(request: ActorRequest, template_id: int) -> ReplyTemplate:
    found = ReplyTemplate.objects.visible_to(request.actor).select_related("organization")
    one = found.filter(pk=template_id).first()
    if one is None:
        raise Http404
    return one


def _bodies(request: ActorRequest) -> frozenset[int]:
    return bodies_kept_by(request.actor)


def _body(request: ActorRequest, found: ReplyTemplate | None) -> Organization:
    """Whose template it is: of a new one, the viewer's own body if they keep its templates."""
    kept = _bodies(request)
    own = request.actor.organization_id if request.actor.organization_id in kept else min(kept)
    held = found.organization_id if found and found.organization_id else own
    return Organization.objects.select_related("area").get(pk=held)


def _crumbs(title: str) -> list[dict[str, str]]:
    return [
        {"label": gettext("Reply templates"), "url": reverse("cases:replies")},
        {"label": title, "url": ""},
    ]
