"""Keeping the hotline's knowledge current."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.api import Snippet, retire_snippet, save_snippet, visible_snippet_ids
from zhicheng.core.access import Role
from zhicheng.desk.calls.lists import SNIPPETS
from zhicheng.desk.calls.taking import centre_of
from zhicheng.desk.fields import DeskForm
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ui.lists import list_view


class SnippetForm(DeskForm):
    """A short answer to what reporters ask."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("What the reporter asks, in a few words.")
    )
    text = forms.CharField(
        label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("As it can be read out. Name the body, the papers to bring and how long it takes."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Where it is written, so that it can be checked."),
    )


@needs_role(Role.CALLER)
def snippets(request: ActorRequest) -> HttpResponseBase:
    """The snippets in use."""
    return list_view(request, SNIPPETS, "desk/calls/knowledge.html")


@never_cache
@needs_role(Role.CALLER)
@require_http_methods(["GET", "HEAD", "POST"])
def snippet_new(request: ActorRequest) -> HttpResponseBase:
    """Adds a snippet."""
    return _edit(request, None)


@never_cache
@needs_role(Role.CALLER)
@require_http_methods(["GET", "HEAD", "POST"])
def snippet(request: ActorRequest, snippet_id: int) -> HttpResponseBase:
    """One snippet: brought up to date, or taken out of use."""
    seen = visible_snippet_ids(request.actor).filter(id=snippet_id)
    found = Snippet.objects.filter(id__in=seen).first()
    if found is None:
        raise Http404
    if request.method == "POST" and "retire" in request.POST:
        retire_snippet(snippet=found, by=request.actor, now=clock.now(), on=clock.today())
        messages.success(request, gettext("“%(title)s” is no longer offered.") % {"title": found.title})
        return redirect("calls:snippets")
    return _edit(request, found)


def _edit(request: ActorRequest, found: Snippet | None) -> HttpResponseBase:
    initial = {"title": found.title, "text": found.text, "source": found.source} if found else {}
    form = SnippetForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        kept = save_snippet(
            snippet=found, area=found.area if found else centre_of(request).area, by=request.actor,
            now=clock.now(), reviewed_on=clock.today(), **given,
        )  # fmt: skip
        messages.success(request, gettext("“%(title)s” is offered while reporters speak.") % {"title": kept.title})
        return redirect("calls:snippets")
    crumbs = [
        {"label": gettext("Knowledge"), "url": reverse("calls:snippets")},
        {"label": found.title if found else gettext("New"), "url": ""},
    ]
    context = {"form": form, "snippet": found, "crumbs": crumbs}
    return render(request, "desk/calls/snippet.html", context, status=422 if form.errors else 200)
