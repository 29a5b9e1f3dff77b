"""Reads of cases that several screens share."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.refiling.rules import REFILED
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import OUTSIDE, Actor, Part
from zhicheng.ground.proceedings.api import Proceeding, list_proceedings, proceeding_of


def housing_of(case: Case) -> Proceeding:
    """The case's latest proceeding of the housing bureaus; raises LookupError if it has none."""
    return _proceeding(case, HOUSING.key)


def loop_of(case: Case) -> Proceeding:
    """The case's loop."""
    return _proceeding(case, LOOP.key)


def _proceeding(case: Case, kind: str) -> Proceeding:
    found = proceeding_of((SUBJECT, case.id), kind)
    if found is None:
        raise LookupError(f"case {case.number} has no {kind}")
    return found


def list_latest(case: Case) -> list[Proceeding]:
    """The latest departmental proceeding of each kind, in the order in which the kinds were first opened."""
    return latest_of_each_kind(list_proceedings((SUBJECT, case.id)))


def latest_of_each_kind(proceedings: Iterable[Proceeding]) -> list[Proceeding]:
    """Of a case's proceedings in the order opened, the latest departmental one of each kind."""
    latest = {one.kind: one for one in proceedings if one.kind != LOOP.key}
    return list(latest.values())


def leading_of(proceedings: Sequence[Proceeding]) -> Proceeding:
    """The proceeding whose body answers for a case as a whole: where several bodies handle it, that of the kind
    first opened and not re-filed as another; of an earlier case its loop, which is its importer's.
    """
    latest = latest_of_each_kind(proceedings)
    return next((one for one in latest if one.state != REFILED.key), (*latest, proceedings[0])[0])


def body_of(held: Proceeding | None) -> str:
    """The body of a proceeding by name; to whoever had the matter as another kind, only that it went elsewhere."""
    if held is not None and held.state == REFILED.key:
        return gettext("Another body: the matter is of another kind")
    return held.holder.name if held and held.holder else ""


def awaited(proceedings: Iterable[Proceeding]) -> Proceeding:
    """What a case waits for: of its open departmental proceedings the one due first, else its loop."""
    held = list(proceedings)
    waiting = [one for one in held if one.kind != LOOP.key and one.is_open]
    if not waiting:
        return next(one for one in held if one.kind == LOOP.key)
    return min(waiting, key=lambda one: (one.due_at is None, one.due_at, -one.id))


def answered_proceeding(case: Case) -> Proceeding | None:
    """The open proceeding in which a company has to answer, if there is one."""
    return next(
        (
            one
            for one in reversed(list_proceedings((SUBJECT, case.id)))
            if one.is_open and any(each.part == Part.RESPONDENT for each in one.participants.all())
        ),
        None,
    )


def proceedings_of(case: Case) -> frozenset[int]:
    """The ids of every proceeding of a case."""
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=case.id)
    return frozenset(found.values_list("id", flat=True))


def proceedings_for(case: Case, actor: Actor) -> list[Proceeding]:
    """The loop of a case and those of its departmental proceedings that the actor may see, the oldest first.

    Who sees a case need not see all of it: a reopened case has a new proceeding, and the company and the bodies
    of the one before are nobody in it.
    """
    found = list_proceedings((SUBJECT, case.id))
    return [one for one in found if one.kind == LOOP.key or actor.sees(one.matter())]


def shown_proceedings(actor: Actor) -> QuerySet[Proceeding]:
    """The same of all cases, for lists: every loop, and the departmental proceedings that the actor may see.

    A list asks it only about cases that the actor may see.
    """
    loops = Proceeding.objects.about(SUBJECT).filter(kind=LOOP.key)
    return loops | Proceeding.objects.visible_to(actor).about(SUBJECT)


def is_staff_of(proceedings: Iterable[Proceeding], actor: Actor) -> bool:
    """Whether the actor sees any of these as a member of a public body, not only as a company."""
    inside = [reach for reach in actor.reaches if reach.role not in OUTSIDE]
    return any(reach.sees(one.matter()) for one in proceedings for reach in inside)
