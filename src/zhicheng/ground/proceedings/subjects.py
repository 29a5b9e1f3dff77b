"""The scope policy asked of records: those with a proceeding that somebody sees, found in whatever way is quick.

One by one, in the order of a list: quick for whoever sees every tenth record, and slow for whoever sees none of a
million, for the database walks past all of them. Or gathered beforehand, each way of seeing by its own index, then
filtered and sorted: quick for whoever sees few. The records are the same in every way, and a test compares them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from zhicheng.core.access import ADMINISTRATORS, Actor, Domain, Part, Role
from zhicheng.ground.areas.api import Area, within
from zhicheng.ground.kept import kept
from zhicheng.ground.proceedings.models import Participant, Proceeding
from zhicheng.ground.proceedings.scope import among, scope_filter

FEW = 10_000
"""Proceedings that are gathered; whoever sees more finds enough of them on the way through a list."""


def seen(actor: Actor, subject_kind: str) -> Q:
    """The condition that the actor sees one of a record's proceedings, asked of each record by itself.

    A scalar subquery, which the planner can neither turn into a join nor misjudge.
    """
    path = Area.objects.filter(pk=OuterRef("area_id")).values("path")
    own = Proceeding.objects.about(subject_kind).filter(subject_id=OuterRef("pk")).order_by()
    visible = own.alias(area_path=Subquery(path)).filter(scope_filter(actor, path="area_path"))
    return Q(Exact(Subquery(visible.values(one=Value(1))[:1], output_field=IntegerField()), 1))


def listed(actor: Actor, subject_kind: str) -> Q:
    """The same condition for lists: gathered if the actor sees few proceedings, else asked one by one.

    Whether they are few may be half a minute old. That decides how records are found, and never which.
    """
    few = _gathered(actor, subject_kind)
    return seen(actor, subject_kind) if few is None else few


def counted(actor: Actor, subject_kind: str, since: datetime | None = None) -> Q:
    """The same condition where all records count and their order does not: gathered, or joined as a whole.

    Of records that came after `since`, no proceeding was opened before it: the older ones are passed over.
    """
    few = _gathered(actor, subject_kind)
    if few is not None:
        return few
    visible = Proceeding.objects.visible_to(actor).about(subject_kind).order_by()
    if since is not None:
        visible = visible.filter(opened_at__gte=since)
    return Q(pk__in=visible.values("subject_id"))


def _gathered(actor: Actor, subject_kind: str) -> Q | None:
    """The condition as ids that are read first; None if they are not few."""
    sight = sight_of(actor)
    if actor.is_system or not _are_few(sight, subject_kind):
        return None
    found = _union(list(_ways(sight, subject_kind)))
    return Q(pk__in=()) if found is None else Q(among("pk", found))


@dataclass(frozen=True)
class Sight:
    """By what somebody sees matters: the parts of `scope_filter`, each of which an index serves."""

    by_secret: Actor | None
    """The actor without any grant, who is left with the one record of a secret."""
    covered: frozenset[tuple[tuple[str, ...], frozenset[Domain]]]
    bodies: frozenset[int]
    companies: frozenset[int]


def sight_of(actor: Actor) -> Sight:
    """The parts of the rule for one actor."""
    reaches = [reach for reach in actor.reaches if reach.role not in ADMINISTRATORS]
    free = [reach for reach in reaches if not reach.confined]
    return Sight(
        by_secret=replace(actor, reaches=()) if actor.own else None,
        covered=frozenset((reach.areas, reach.domains) for reach in reaches if reach.areas and reach.domains),
        bodies=frozenset(one for reach in free if reach.role is not Role.COMPANY for one in reach.organizations),
        companies=frozenset(one for reach in free if reach.role is Role.COMPANY for one in reach.organizations),
    )


@kept
def _are_few(sight: Sight, subject_kind: str) -> bool:
    some = _union([way[: FEW + 1] for way in _ways(sight, subject_kind)])
    return some is None or some.count() <= FEW


def _ways(sight: Sight, subject_kind: str) -> Iterator[QuerySet[Any, Any]]:
    """The subjects seen in each of the ways; one seen in two of them comes twice."""
    about = Proceeding.objects.about(subject_kind).order_by()
    if sight.by_secret is not None:
        yield about.filter(scope_filter(sight.by_secret)).values("subject_id")
    for paths, domains in sorted(sight.covered, key=str):
        places = within(Area.objects.order_by(), paths, field="").values("id")
        yield about.filter(among("area_id", places), domain__in=sorted(domains)).values("subject_id")
    if sight.bodies:
        yield about.filter(holder__in=sight.bodies).values("subject_id")
        yield _taking_part(subject_kind, organization__in=sight.bodies)
    if sight.companies:
        yield _taking_part(subject_kind, organization__in=sight.companies, part=Part.RESPONDENT)


def _taking_part(subject_kind: str, **conditions: Any) -> QuerySet[Any, Any]:
    taking_part = Participant.objects.filter(**conditions, proceeding__subject_kind=subject_kind)
    return taking_part.order_by().values("proceeding__subject_id")


def _union(ways: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any] | None:
    if not ways:
        return None
    first, *others = ways
    return first.union(*others, all=True) if others else first
