"""The scope policy as a database filter: the same rule as `core.access`, for many rows at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from zhicheng.core.access import ADMINISTRATORS, Actor, Part, Reach, Role

NOTHING = Q(pk__in=())


def covered(reach: Reach, path: str = "area__path") -> Q:
    """The condition that a proceeding lies in the reach's jurisdiction: area and domain both.

    `path` is where the query has the path of the proceeding's area.
    """
    inside = NOTHING
    for own in reach.areas:
        inside |= Q(**{f"{path}__startswith": own})
    return Q(domain__in=sorted(reach.domains)) & inside


def scope_filter(actor: Actor, path: str = "area__path") -> Q:
    """The condition under which the actor sees a proceeding; nothing at all without a reach or a secret.

    `path` is where the query has the path of the proceeding's area.
    """
    from zhicheng.ground.proceedings.models import Participant

    if actor.is_system:
        return Q()
    taking_part = Participant.objects.filter(proceeding=OuterRef("pk"))
    answering = taking_part.filter(part=Part.RESPONDENT)
    seen = NOTHING
    if actor.own is not None:
        owned = Q(subject_kind=actor.own[0], subject_id=actor.own[1])
        if actor.own_role is Role.COMPANY:
            owned &= Q(Exists(answering.filter(organization=actor.organization_id)))
        seen |= owned
    reaches = [reach for reach in actor.reaches if reach.role not in ADMINISTRATORS]
    for reach in reaches:
        seen |= covered(reach, path)
    free = [reach for reach in reaches if not reach.confined]
    bodies = _organizations(reach for reach in free if reach.role is not Role.COMPANY)
    if bodies:
        seen |= Q(holder__in=bodies) | Q(Exists(taking_part.filter(organization__in=bodies)))
    companies = _organizations(reach for reach in free if reach.role is Role.COMPANY)
    if companies:
        seen |= Q(Exists(answering.filter(organization__in=companies)))
    return seen


def _organizations(reaches: Iterable[Reach]) -> frozenset[int]:
    return frozenset[int]().union(*(reach.organizations for reach in reaches))


def among(field: str, ids: QuerySet[Any, Any]) -> Func:
    """`field` is one of the ids, which are read first: as an array, so that an index finds the rows and no guess
    of the planner's about how many there are makes it walk through the table.
    """
    array = Func(ArraySubquery(ids), function="")
    return Func(F(field), array, arg_joiner=" = ANY ", template="%(expressions)s", output_field=BooleanField())
