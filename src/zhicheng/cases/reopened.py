"""That a case was reopened: how often, since when and why, for lists, the inbox and the page of the case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.rules import LOOP, REOPENINGS
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.ground.personal.api import get_texts_by_hash
from zhicheng.ground.proceedings.api import Step
from zhicheng.ground.ui.marks import StateMark, Tone

ICON = "rotate-ccw"


@dataclass(frozen=True)
class Reopened:
    """How often a case was reopened, and when it was the last time."""

    times: int
    since: datetime

    @property
    def mark(self) -> StateMark:
        """That it was and how often, as a mark: word, icon and colour."""
        again = gettext("Reopened %(times)d times") % {"times": self.times}
        return StateMark(gettext("Reopened") if self.times == 1 else again, Tone.YELLOW, ICON)

    @property
    def on(self) -> date:
        """The day of the last time."""
        return local(self.since).date()


def reopened_among(case_ids: Collection[int]) -> dict[int, Reopened]:
    """Those of the cases that were reopened, by id: one query for all of them."""
    if not case_ids:
        return {}
    counted = _reopenings().filter(proceeding__subject_id__in=case_ids).values_list("proceeding__subject_id")
    rows = counted.annotate(times=Count("id"), since=Max("at")).order_by()
    return {case_id: Reopened(times, since) for case_id, times, since in rows}


def reopened_in(steps: Sequence[Step]) -> tuple[Reopened, Step] | None:
    """The same of one case whose steps were read, the oldest first, with the last step that reopened it."""
    found = [step for step in steps if step.proceeding.kind == LOOP.key and step.verb in REOPENINGS]
    return (Reopened(len(found), found[-1].at), found[-1]) if found else None


def why_reopened(step: Step) -> str:
    """What the reporter said when the case was reopened; nothing once that was deleted."""
    return get_texts_by_hash(("proceeding", step.proceeding_id)).get(step.data["reason"]["text"], "")


def was_reopened(actor: Actor) -> Q:
    """Cases that were reopened, whether they are in hand or closed again."""
    return Q(id__in=_reopenings().order_by().values("proceeding__subject_id"))


def _reopenings() -> QuerySet[Step]:
    return Step.objects.filter(
        proceeding__subject_kind=SUBJECT, proceeding__kind=LOOP.key, verb__in=sorted(REOPENINGS)
    )
