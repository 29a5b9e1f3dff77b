"""Giving historical cases their categories, on the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zhicheng.cases.category import categorise_case, category_tree, may_categorise
from zhicheng.cases.forms import CategoryForm
from zhicheng.cases.models import Case
from zhicheng.cases.page import get_case
from zhicheng.cases.suggesting.confirming import suggestions_of
from zhicheng.cases.suggesting.queries import Suggestions
from zhicheng.cases.suggesting.services import keep_choice
from zhicheng.core.access import Actor, Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.packs.api import Term


@needs_role(Role.OFFICER)
@require_POST
def categorise(request: ActorRequest, number: str) -> HttpResponseBase:
    """Gives a historical case the category that was chosen on its page."""
    found = get_case(request.actor, number)
    if found is None:
        raise Http404
    if not may_categorise(found, request.actor):
        raise PermissionDenied
    form = CategoryForm(request.POST, tree=category_tree(found))
    if form.is_valid():
        category = form.cleaned_data["category"]
        _give(found, category, request)
        messages.success(request, gettext("The case has the category “%(what)s”.") % {"what": category.label})
    else:
        messages.error(request, gettext("Choose one of the categories."))
    return redirect("cases:case", found.number)


def category_form_for(case: Case, actor: Actor) -> CategoryForm | None:
    """The form on the page of a historical case, for whoever may use it."""
    if not may_categorise(case, actor):
        return None
    return CategoryForm(tree=category_tree(case), initial=case.category.code if case.category else "")


def suggestions_for(case: Case, actor: Actor) -> Suggestions | None:
    """What is suggested on the page of a historical case that has no category yet, for whoever may give one."""
    if case.category is not None or not may_categorise(case, actor):
        return None
    return suggestions_of(case)


@transaction.atomic
def _give(case: Case, category: Term, request: ActorRequest) -> None:
    """Gives the category and keeps what had been suggested, which is asked again: a form could say anything."""
    suggested = suggestions_for(case, request.actor)
    now = clock.now()
    categorise_case(case=case, category=category, by=request.actor, now=now)
    if suggested is not None:
        codes = [one.term.code for one in suggested.categories]
        keep_choice(case=case, suggested=codes, model=suggested.model, chosen=category, by=request.actor, now=now)
