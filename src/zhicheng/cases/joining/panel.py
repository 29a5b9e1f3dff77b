"""On the page of a case: what it is joined to, and which earlier cases may be the same matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhicheng.cases.joining.queries import list_joined
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.similar import Similar, find_similar
from zhicheng.core.access import HOLDING, OUTSIDE, Actor
from zhicheng.core.process import Step
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.proceedings.api import (
    Proceeding,
    Situation,
    list_proceedings,
    read_situation,
    steps_offered,
)
from zhicheng.ground.ui.panels import Panel

VERBS = ("follow", "join")


@dataclass(frozen=True)
class Suggestion:
    """An earlier case of the same body that may be the same matter, and the step that joins this one to it."""

    similar: Similar
    situation: Situation
    step: Step

    @property
    def key(self) -> str:
        """The step as the forms of the page name it."""
        return f"{self.situation.id}-{self.step.verb}"


def joining_panel() -> Panel:
    """The panel of a case."""
    return Panel("joining", words("Same matter"), "cases/_joined.html", _context, place=2)


def _context(actor: Actor, case_id: int) -> Mapping[str, Any] | None:
    if all(reach.role in OUTSIDE for reach in actor.reaches):
        return None
    joined = list_joined(case_id, actor)
    suggestions = list_suggestions(case_id, actor)
    return {"joined": joined, "suggestions": suggestions} if joined or suggestions else None


def list_suggestions(case_id: int, actor: Actor) -> list[Suggestion]:
    """Earlier cases, still in hand at the same body, to which the actor may join this one; the likest first."""
    if all(reach.role not in HOLDING for reach in actor.reaches):
        return []
    now = clock.now()
    offered = {
        one.kind: (situation, step)
        for one in list_proceedings((SUBJECT, case_id))
        if one.is_open and (situation := read_situation(one.pk)) is not None
        for step in steps_offered(situation, actor, now)
        if step.verb in VERBS
    }
    if not offered:
        return []
    case = Case.objects.select_related("area", "category", "site").get(pk=case_id)
    found = find_similar(
        actor=actor, area=case.area, text=f"{case.title}\n{case.description}", now=now, category=case.category,
        site=case.site,
    )  # fmt: skip
    earlier = [one for one in found if (one.case.received_at, one.case.pk) < (case.received_at, case.pk)]
    in_hand = Proceeding.objects.filter(
        subject_kind=SUBJECT, subject_id__in=[one.case.pk for one in earlier], kind__in=offered, ending="open",
        holder__in=[situation.matter.holder for situation, _ in offered.values()],
    ).exclude(state="following")  # fmt: skip
    kinds = dict(in_hand.values_list("subject_id", "kind"))
    return [Suggestion(one, *offered[kinds[one.case.pk]]) for one in earlier if one.case.pk in kinds]
