"""The buttons of a case's page: each step that the viewer may take, with its form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from zhicheng.cases.models import Case
from zhicheng.cases.page import CasePage, Offer
from zhicheng.cases.queries import proceedings_of
from zhicheng.core.access import Actor
from zhicheng.core.process import Purpose, Step, purpose_of, usual_place
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.objects.api import flat, responsibility_chain
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.organization_field import Offers
from zhicheng.ground.ui.step_form import StepForm, StepTaken, Templates, no_templates, run_step_form

FEW = 3
"""Up to so many steps stand side by side; of more, those that do not usually come next are folded away."""
GROUPS = {
    Purpose.FORWARD: words("Bring it on"),
    Purpose.OTHERS: words("Hand it on or bring others in"),
    Purpose.TIME: words("Time and pauses"),
    Purpose.RECORD: words("Write down and tell"),
    Purpose.ENDING: words("End or refuse"),
    Purpose.INSIDE: words("Only for the bodies"),
}


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


@dataclass(frozen=True)
class Group:
    """Steps that are for the same thing, under its name."""

    label: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Actions:
    """Everything that the viewer may do now: what usually comes next, and the rest, folded, by what it is for."""

    usual: tuple[Action, ...]
    more: tuple[Group, ...]

    def __iter__(self) -> Iterator[Action]:
        yield from self.usual
        yield from self.folded

    def __bool__(self) -> bool:
        return bool(self.usual or self.more)

    @property
    def folded(self) -> tuple[Action, ...]:
        """Every action that is not among the usual ones."""
        return tuple(action for group in self.more for action in group.actions)

    @property
    def unfolded(self) -> bool:
        """Whether the rest is shown opened: somebody is working on one of its forms."""
        return any(action.open for action in self.folded)


def actions_for(page: CasePage, refused: StepForm | None = None, templates: Templates = no_templates) -> Actions:
    """The actions of a page; a form that was refused or is being filled in stands in for its fresh one, opened.

    `templates` gives what can be inserted in their texts.
    """
    ordered = sorted(page.offers, key=_order)
    first = ordered if len(ordered) <= FEW else _usual(ordered)
    now, offers = clock.now(), offers_of(page.case)

    def action(offer: Offer) -> Action:
        again = refused if refused is not None and refused.prefix == offer.key else None
        form = again or StepForm(offer.situation, offer.step, now=now, offers=offers, templates=templates)
        note = gettext(offer.situation.process.label) if len(page.tracks) > 1 else ""
        main = offer in first and _purpose(offer) is Purpose.FORWARD
        shown_open = again is not None or len(ordered) == 1
        return Action(offer.key, offer.label, note, offer.step, form, main=main, open=shown_open)

    usual = [action(offer) for offer in first]
    rest = [offer for offer in ordered if offer not in first]
    if refused is not None and all(offer.key != refused.prefix for offer in ordered):
        label = offer_label(refused.step)
        usual.insert(0, Action(str(refused.prefix), label, "", refused.step, refused, main=False, open=True))
    groups = (
        Group(gettext(label), tuple(action(offer) for offer in rest if _purpose(offer) is purpose))
        for purpose, label in GROUPS.items()
    )
    return Actions(tuple(usual), tuple(group for group in groups if group.actions))


def _usual(offers: Sequence[Offer]) -> list[Offer]:
    """Of each proceeding the likeliest step, and of their second and third ones up to three in all."""
    placed = [(place, offer) for offer in offers if (place := _usual_place(offer)) is not None]
    likeliest = sorted(placed, key=lambda one: one[0])
    firsts = [offer for place, offer in likeliest if place == 0]
    kept = firsts + [offer for place, offer in likeliest if place > 0][: max(0, FEW - len(firsts))]
    return [offer for offer in offers if offer in kept]


def _usual_place(offer: Offer) -> int | None:
    return usual_place(offer.situation.process, offer.situation.state, offer.step)


def _order(offer: Offer) -> tuple[int, int]:
    """What usually comes next first, the likeliest before; then by what the steps are for."""
    place = _usual_place(offer)
    return (FEW, list(Purpose).index(_purpose(offer))) if place is None else (place, 0)


def _purpose(offer: Offer) -> Purpose:
    return purpose_of(offer.situation.process, offer.situation.state, offer.step)


def take_action(
    request: HttpRequest, case: Case, actor: Actor, now: datetime, templates: Templates = no_templates
) -> StepTaken | StepForm:
    """Takes the step that the form names; raises Http404 if it is none of the case's."""
    proceeding, verb = named_step(request, case)
    return run_step_form(
        request, proceeding=proceeding, verb=verb, by=actor, now=now, offers=offers_of(case), templates=templates
    )


def named_step(request: HttpRequest, case: Case) -> tuple[int, str]:
    """The proceeding and the verb that a form of the page sends; raises Http404 if they are none of the case's."""
    typed, _, verb = request.POST.get("step", "").partition("-")
    proceeding = read_id(typed)
    if proceeding is None or proceeding not in proceedings_of(case):
        raise Http404
    return proceeding, verb


def offers_of(case: Case) -> Mapping[str, Offers]:
    """The companies of the building's chain, offered first where a responsible company is asked for."""
    if case.site is None:
        return {}
    links = flat(responsibility_chain(case.site))
    return {"company": [(one.organization_id, f"{one.organization_name} · {one.role.label}") for one in links]}
