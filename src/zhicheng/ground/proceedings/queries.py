"""Reads of proceedings that several screens share."""

from django.db.models import Q, QuerySet

from zhicheng.core.access import COVERING, HOLDING, Actor, Part, Reach, Role, Subject
from zhicheng.ground.proceedings.models import Clock, Participant, Proceeding, Step
from zhicheng.ground.proceedings.scope import NOTHING, among, covered


def list_proceedings(subject: Subject) -> list[Proceeding]:
    """Every proceeding about a record, the oldest first, with what its page needs."""
    return list(
        Proceeding.objects.filter(subject_kind=subject[0], subject_id=subject[1])
        .select_related("area", "holder", "assignee")
        .prefetch_related("participants__organization")
        .order_by("id")
    )


def proceeding_of(subject: Subject, kind: str) -> Proceeding | None:
    """The latest proceeding of one kind about a record."""
    return (
        Proceeding.objects.filter(subject_kind=subject[0], subject_id=subject[1], kind=kind)
        .select_related("area", "holder")
        .order_by("-id")
        .first()
    )


def list_history(subject: Subject) -> list[Step]:
    """Every step taken in any proceeding about a record, in the order taken."""
    return list(
        Step.objects.filter(proceeding__subject_kind=subject[0], proceeding__subject_id=subject[1])
        .select_related("proceeding", "organization", "on_behalf_of", "holder")
        .order_by("at", "id")
    )


def list_running_clocks(proceeding_ids: list[int]) -> dict[int, list[Clock]]:
    """The clocks that have not ended, by proceeding."""
    running: dict[int, list[Clock]] = {}
    for clock in Clock.objects.filter(proceeding__in=proceeding_ids, ended_at__isnull=True).order_by("due_at"):
        running.setdefault(clock.proceeding_id, []).append(clock)
    return running


def list_inbox(actor: Actor) -> QuerySet[Proceeding]:
    """What the actor has to do: open matters held by their organizations whose next step is their role's."""
    mine = NOTHING
    for reach in actor.reaches:
        waiting = _waiting_for(reach)
        mine |= waiting & covered(reach) if reach.confined else waiting
    return Proceeding.objects.filter(mine, ending="open")


def _waiting_for(reach: Reach) -> Q:
    """The condition that the next step is this reach's, its confines apart."""
    if reach.role in HOLDING:
        return Q(owner_role=reach.role, holder__in=reach.organizations)
    if reach.role in COVERING:
        return Q(owner_role=reach.role) & covered(reach)
    if reach.role is not Role.COMPANY:
        return NOTHING
    answers = Participant.objects.filter(organization__in=reach.organizations, part=Part.RESPONDENT)
    waiting = answers.filter(proceeding__ending="open", proceeding__owner_role=reach.role)
    return Q(among("pk", waiting.order_by().values("proceeding")), owner_role=reach.role)
