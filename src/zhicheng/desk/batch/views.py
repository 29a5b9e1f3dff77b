"""The page that acts on what was chosen in a list: which step, its form, and what became of each matter."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.refused import Refused
from zhicheng.desk.batch.assigning import colleagues_for, hand_to
from zhicheng.desk.batch.chosen import Chosen, Common, can_be_shared, common_steps, read_chosen
from zhicheng.desk.batch.forms import BatchForm
from zhicheng.desk.batch.taking import take_for_each
from zhicheng.desk.views import WORKING
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.documents.api import list_valid_papers, serve_together
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.templatetags.house import sentence


@never_cache
@needs_role(*WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: ActorRequest) -> HttpResponseBase:
    """The chosen matters; what can be done with all of them; the form of the step; the result."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        chosen = read_chosen(sent.getlist("row"), request.actor)
    except Refused as refused:
        return _page(request, {"refusal": sentence(refused.message, refused.params)}, status=400)
    if sent.get("step") == "print" and request.method == "POST":
        return _print(request, chosen)
    if sent.get("step") == "assign" and request.method == "POST":
        return _assign(request, chosen, sent.get("to", ""))
    commons = common_steps(chosen, request.actor)
    common = next((one for one in commons if one.key == sent.get("step")), None)
    if request.method == "POST":
        return _take(request, chosen, sent.get("step", ""))
    shown = {"chosen": chosen, "left_out": len(sent.getlist("row")) - len(chosen)}
    if common is None:
        offers = [(one, offer_label(one.step)) for one in commons]
        papers = list_valid_papers([one.proceeding.id for one in chosen], request.actor).count()
        colleagues = colleagues_for(chosen, request.actor, clock.now())
        return _page(request, {**shown, "offers": offers, "papers": papers, "colleagues": colleagues})
    return _page(request, {**shown, **_asking(BatchForm(common, now=clock.now()))})


def _take(request: ActorRequest, chosen: list[Chosen], key: str) -> HttpResponseBase:
    """Takes the step for every chosen matter of its kind, in whatever state: each says for itself why not."""
    kind, _, rest = key.partition(":")
    version, _, verb = rest.partition(":")
    takers = tuple(one for one in chosen if (one.process.key, one.process.version) == (kind, version))
    step = next((s for one in takers[:1] for s in one.process.steps if s.verb == verb and can_be_shared(s)), None)
    if step is None:
        return _page(request, {"refusal": gettext("Choose what to do with the matters.")}, status=422)
    common = Common(takers[0].process, step, takers)
    form = BatchForm(common, now=clock.now(), data=request.POST)
    if not form.is_valid():
        return _page(request, {"chosen": chosen, **_asking(form)}, status=422)
    outcomes = take_for_each(
        chosen=takers, verb=verb, data=form.given, by=request.actor, now=clock.now()
    )  # fmt: skip
    failed = tuple(one.chosen for one in outcomes if not one.done)
    shown: dict[str, Any] = {
        "outcomes": outcomes, "done": len(outcomes) - len(failed), "failed": len(failed),
        "passed_over": len(chosen) - len(takers), "label": offer_label(step),
    }  # fmt: skip
    return _page(request, shown)


def _assign(request: ActorRequest, chosen: list[Chosen], typed: str) -> HttpResponseBase:
    """Hands every chosen matter to one colleague; each that stays says why."""
    colleagues = {str(user.pk): user for user in colleagues_for(chosen, request.actor, clock.now())}
    if typed not in colleagues:
        return _page(request, {"refusal": gettext("Choose a colleague to hand the matters to.")}, status=422)
    outcomes = hand_to(chosen=chosen, to=colleagues[typed], by=request.actor, now=clock.now())
    failed = sum(not one.done for one in outcomes)
    label = gettext("Handed to %(name)s") % {"name": colleagues[typed].name}
    return _page(request, {"outcomes": outcomes, "done": len(outcomes) - failed, "failed": failed, "label": label})


def _print(request: ActorRequest, chosen: list[Chosen]) -> HttpResponseBase:
    papers = list_valid_papers([one.proceeding.id for one in chosen], request.actor)
    try:
        return serve_together(list(papers), by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
        return _page(request, {"chosen": chosen, "offers": []}, status=422)


def _asking(form: BatchForm) -> Mapping[str, Any]:
    return {"form": form, "label": offer_label(form.common.step), "takers": form.common.takers}


def _page(request: ActorRequest, shown: Mapping[str, Any], status: int = 200) -> HttpResponseBase:
    crumbs = [
        {"label": gettext("Inbox"), "url": reverse("desk:home")},
        {"label": gettext("Chosen matters"), "url": ""},
    ]
    return render(request, "desk/batch.html", {"crumbs": crumbs, **shown}, status=status)
