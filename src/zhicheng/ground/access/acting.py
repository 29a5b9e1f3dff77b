"""Who may act on a matter: `Actor.roles_on` asked the other way round, for notices and for handing over."""

from datetime import date

from django.db.models import Q

from zhicheng.core.access import COVERING, HOLDING, Matter, Part, Role
from zhicheng.ground.access.models import Delegation, Grant, Jurisdiction, User
from zhicheng.ground.access.queries import in_force, reaches_of, with_jurisdictions
from zhicheng.ground.parties.api import enclosing_organizations


def list_users_acting(matter: Matter, role: Role, on: date) -> list[User]:
    """Everybody who may act in `role` on the matter on that day, by a grant of their own or one delegated to them.

    A confined grant counts within its confines only; locked accounts, ended grants, and what somebody whose
    account is locked delegated do not.
    """
    bodies = _granting_bodies(matter, role, on)
    granted = Role.OFFICER if role is Role.ASSISTING else role
    found = Grant.objects.filter(in_force(on), role=granted, organization__in=bodies, user__is_active=True)
    acting = [
        grant
        for grant in with_jurisdictions(found, on)
        if any(role in reach.roles_on(matter) for reach in reaches_of(grant, bodies[grant.organization_id]))
    ]
    delegated = Delegation.objects.filter(in_force(on), grant__in=acting, ended_at__isnull=True)
    named = Q(id__in=[grant.user_id for grant in acting]) | Q(id__in=delegated.values("to_user"))
    return list(User.objects.filter(named, is_active=True).order_by("id"))


def _granting_bodies(matter: Matter, role: Role, on: date) -> dict[int, frozenset[int]]:
    """The organizations of which a grant can give the role here, with the matter's own ones that each encloses."""
    if role in COVERING:
        above = [int(part) for part in matter.area_path.strip("/").split("/")]
        competent = Jurisdiction.objects.filter(in_force(on), domain=matter.domain, area__in=above)
        return dict.fromkeys(competent.values_list("organization_id", flat=True), frozenset[int]())
    return enclosing_organizations(_bodies_of(matter, role))


def _bodies_of(matter: Matter, role: Role) -> list[int]:
    """The organizations by which somebody in this role has to do with the matter."""
    if role in HOLDING:
        return [] if matter.holder is None else [matter.holder]
    part = {Role.COMPANY: Part.RESPONDENT, Role.ASSISTING: Part.ASSISTING}.get(role)
    return [organization for organization, own in matter.parts.items() if own is part]
