"""Who may read a document, as a database filter."""

from django.db.models import Q

from zhicheng.core.access import Actor, Role
from zhicheng.ground.proceedings.api import Proceeding

NOTHING = Q(pk__in=())


def seen_by(actor: Actor) -> Q:
    """The condition under which the actor reads a document.

    Whoever sees the matter as a member of a public body reads all of its documents. A company reads what is
    addressed to it or what it issued itself, as long as it sees the matter; a reporter what is addressed to
    reporters. Nobody reads a document because they can see the matter from outside.
    """
    # Made anew and not replaced: the actor of a request is known only when it is asked for.
    inside = Actor(actor.key, actor.name, tuple(one for one in actor.reaches if one.role is not Role.COMPANY))
    seen = Q(proceeding__in=Proceeding.objects.visible_to(inside).values("id")) if _looks(inside) else NOTHING
    companies = frozenset[int]().union(*(r.organizations for r in actor.reaches if r.role is Role.COMPANY))
    if actor.own_role is Role.COMPANY and actor.organization_id is not None:
        companies |= {actor.organization_id}
    if companies:
        matters = Proceeding.objects.visible_to(actor).values("id")
        seen |= Q(proceeding__in=matters) & (Q(addressee__in=companies) | Q(issuer__in=companies))
    if actor.own is not None and actor.own_role is Role.REPORTER:
        kind, subject_id = actor.own
        seen |= Q(subject_kind=kind, subject_id=subject_id, readers__contains=[str(Role.REPORTER)])
    return seen


def _looks(actor: Actor) -> bool:
    return actor.is_system or bool(actor.reaches)
