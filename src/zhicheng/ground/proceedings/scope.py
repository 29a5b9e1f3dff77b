"""The scope policy as a database filter: the same rule as `core.access`, for many rows at once."""

from django.db.models import Exists, OuterRef, Q

from zhicheng.core.access import ADMINISTRATORS, Actor, Reach

NOTHING = Q(pk__in=())


def covered(reach: Reach) -> Q:
    """The condition that a proceeding lies in the reach's jurisdiction: area and domain both."""
    inside = NOTHING
    for path in reach.areas:
        inside |= Q(area__path__startswith=path)
    return Q(domain__in=sorted(reach.domains)) & inside


def scope_filter(actor: Actor) -> Q:
    """The condition under which the actor sees a proceeding; nothing at all without a reach or a secret."""
    from zhicheng.ground.proceedings.models import Participant

    if actor.is_system:
        return Q()
    seen = NOTHING
    if actor.own is not None:
        seen |= Q(subject_kind=actor.own[0], subject_id=actor.own[1])
    reaches = [reach for reach in actor.reaches if reach.role not in ADMINISTRATORS]
    for reach in reaches:
        seen |= covered(reach)
    free = (reach.organizations for reach in reaches if not reach.confined)
    organizations = frozenset[int]().union(*free)
    if organizations:
        taking_part = Participant.objects.filter(proceeding=OuterRef("pk"), organization__in=organizations)
        seen |= Q(holder__in=organizations) | Q(Exists(taking_part))
    return seen
