"""The buttons of a case's page: each step that the viewer may take, with its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from zhicheng.cases.models import Case
from zhicheng.cases.page import CasePage, Offer
from zhicheng.cases.queries import proceedings_of
from zhicheng.core.access import Actor
from zhicheng.core.process import Effect, Step
from zhicheng.ground import clock
from zhicheng.ground.objects.api import flat, responsibility_chain
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.organization_field import Offers
from zhicheng.ground.ui.step_form import StepForm, StepTaken, run_step_form

ASIDE = frozenset({Effect.TRANSFER, Effect.RETURN, Effect.INVOLVE})
"""What a step does that hands the matter on instead of bringing it on."""


@dataclass(frozen=True)
class Action:
    """One step to take: its words, its form, whether it brings the matter on, and whether it is shown opened.

    `note` says of which proceeding it is a step, where the page shows several.
    """

    key: str
    label: str
    note: str
    step: Step
    form: StepForm
    main: bool
    open: bool


def actions_for(page: CasePage, refused: StepForm | None = None) -> list[Action]:
    """The actions of a page; a form that was refused takes the place of its fresh one, opened."""
    now, offers = clock.now(), offers_of(page.case)
    several = len(page.tracks) > 1
    actions = []
    for offer in sorted(page.offers, key=_place):
        again = refused if refused is not None and refused.prefix == offer.key else None
        form = again or StepForm(offer.situation, offer.step, now=now, offers=offers)
        shown_open = again is not None or len(page.offers) == 1
        note = gettext(offer.situation.process.label) if several else ""
        main = _place(offer) == 0
        actions.append(Action(offer.key, offer.label, note, offer.step, form, main=main, open=shown_open))
    if refused is not None and all(action.form is not refused for action in actions):
        label = offer_label(refused.step)
        actions.insert(0, Action(str(refused.prefix), label, "", refused.step, refused, main=False, open=True))
    return actions


def _place(offer: Offer) -> int:
    """What brings the matter on comes first; then what stays where it is, what ends it, and notes."""
    step = offer.step
    if step.internal:
        return 3
    if step.grave:
        return 2
    target = step.move.target
    stays = target is None or target.key == offer.situation.state
    return 1 if stays or step.effects & ASIDE else 0


def take_action(request: HttpRequest, case: Case, actor: Actor, now: datetime) -> StepTaken | StepForm:
    """Takes the step that the form names; raises Http404 if it is none of the case's."""
    typed, _, verb = request.POST.get("step", "").partition("-")
    if not (typed.isascii() and typed.isdecimal()) or int(typed) not in proceedings_of(case):
        raise Http404
    return run_step_form(request, proceeding=int(typed), verb=verb, by=actor, now=now, offers=offers_of(case))


def offers_of(case: Case) -> Mapping[str, Offers]:
    """The companies of the building's chain, offered first where a responsible company is asked for."""
    if case.site is None:
        return {}
    links = flat(responsibility_chain(case.site))
    return {"company": [(one.organization_id, f"{one.organization_name} · {one.role.label}") for one in links]}
