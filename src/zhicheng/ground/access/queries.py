"""Who somebody is: their grants, delegations and jurisdictions, resolved to an actor."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from zhicheng.core.access import Actor, Domain
from zhicheng.ground.access.models import Delegation, Grant, Jurisdiction, User
from zhicheng.ground.access.reaching import list_held, reaches_of
from zhicheng.ground.areas.api import current_path
from zhicheng.ground.kept import kept
from zhicheng.ground.parties.api import Kind


def in_force(on: date, prefix: str = "") -> Q:
    """The condition that a period contains `on`."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def actor_for(user: User, on: date) -> Actor:
    """The user with every reach that is in force on `on`: their own grants and those delegated to them.

    A closed account reaches nothing, and what it delegated ends with it.
    """
    if not user.is_active:
        return Actor(key=f"user:{user.id}", name=user.name, user_id=user.id)
    reaches = tuple(reach for held in list_held(user.id, on) for reach in reaches_of(held, on))
    return Actor(
        key=f"user:{user.id}", name=user.name, reaches=reaches, user_id=user.id,
        organization_id=user.organization_id,
    )  # fmt: skip


def with_jurisdictions(grants: QuerySet[Grant], on: date) -> QuerySet[Grant]:
    """The grants with what `Held.of` reads: their areas, and what their organizations are competent for."""
    competent = Jurisdiction.objects.filter(in_force(on)).select_related("area")
    prefetch = Prefetch("organization__jurisdictions", queryset=competent)
    return grants.select_related("area", "organization").prefetch_related(prefetch)


def list_competent_bodies(area_path: str, domain: Domain | None, on: date) -> list[int]:
    """The public bodies competent for a place and a domain (for any, if None), the nearest to the place first."""
    here = current_path(area_path, on)
    near = (body for path, body in _competences(domain, on) if here.startswith(path))
    return list(dict.fromkeys(near))


def superior_body(*, holder: int, area_path: str, domain: Domain, on: date) -> int | None:
    """The body above the one that has a matter: the next that is competent for the place and the domain."""
    bodies = list_competent_bodies(area_path, domain, on)
    above = bodies[bodies.index(holder) + 1 :] if holder in bodies else bodies
    return next(iter(above), None)


@kept
def _competences(domain: Domain | None, on: date) -> tuple[tuple[str, int], ...]:
    """Areas and the public bodies competent for them, the smallest areas first: they come from packs."""
    of_domain = Q(domain=domain) if domain else Q()
    found = Jurisdiction.objects.filter(in_force(on), of_domain, organization__kind=Kind.PUBLIC_BODY)
    named = found.order_by("organization_id").values_list("area__path", "organization_id")
    pairs = ((current_path(path, on), body) for path, body in named)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def list_grants(user: User) -> list[Grant]:
    """Every grant of a user, also those that ended or have not begun, the latest to begin first."""
    found = Grant.objects.filter(user=user).select_related("organization", "area", "user")
    return list(found.order_by("-valid_from", "-id"))


def list_delegated_by(user: User) -> list[Delegation]:
    """What a user delegated to others, the latest first."""
    return list(_delegations().filter(grant__user=user).order_by("-created_at", "-id"))


def list_delegated_to(user: User) -> list[Delegation]:
    """What others delegated to a user, the latest first."""
    return list(_delegations().filter(to_user=user).order_by("-created_at", "-id"))


def list_colleagues(user: User) -> QuerySet[User]:
    """The other open accounts of the user's organization, by login name."""
    if user.organization_id is None:
        return User.objects.none()
    colleagues = User.objects.filter(organization_id=user.organization_id, is_active=True, is_program=False)
    return colleagues.exclude(id=user.id).order_by("username")


def _delegations() -> QuerySet[Delegation]:
    return Delegation.objects.select_related("grant__user", "grant__organization", "grant__area", "to_user")
