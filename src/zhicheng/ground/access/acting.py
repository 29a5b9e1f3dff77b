"""Who may act on a matter, and who may see it: `Actor.roles_on` and `Actor.sees` asked the other way round.

For notices, for handing over, and for mentioning a colleague.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.db.models import Q

from zhicheng.core.access import COVERING, HOLDING, Matter, Part, Reach, Role
from zhicheng.ground.access.models import Delegation, Grant, Jurisdiction, User
from zhicheng.ground.access.queries import in_force, with_jurisdictions
from zhicheng.ground.access.reaching import Held, reaches_of
from zhicheng.ground.areas.api import areas_around
from zhicheng.ground.parties.api import enclosing_organizations


def list_users_acting(matter: Matter, role: Role | Collection[Role], on: date) -> list[User]:
    """Everybody who may act on the matter on that day, in a role or in one of several.

    They do so by their own grant or by one that was delegated to them. A confined grant counts within its confines
    only; locked accounts, ended grants, what somebody whose account is locked delegated, and programs do not.
    """
    asked = frozenset((role,) if isinstance(role, Role) else role)
    bodies = _granting_bodies(matter, asked, on)
    granted = [Role.OFFICER if role is Role.ASSISTING else role for role in asked]
    return _holding(granted, bodies, on, lambda reach: not asked.isdisjoint(reach.roles_on(matter)))


def list_users_seeing(matter: Matter, roles: Collection[Role], on: date) -> list[User]:
    """Everybody who sees the matter on that day by a grant of one of these roles, with the same exceptions."""
    taking_part = {one for one in (matter.holder, *matter.parts) if one is not None}
    bodies = _competent_bodies(matter, on) | (enclosing_organizations(taking_part) if taking_part else {})
    return _holding(roles, bodies, on, lambda reach: reach.sees(matter))


def _holding(
    roles: Collection[Role], bodies: Mapping[int, frozenset[int]], on: date, fits: Callable[[Reach], bool]
) -> list[User]:
    """The people whose grants of these roles in these bodies fit, and those to whom such a grant is delegated."""
    found = Grant.objects.filter(in_force(on), role__in=roles, organization__in=bodies, user__is_active=True)
    acting = [
        grant
        for grant in with_jurisdictions(found, on)
        for reach in reaches_of(Held.of(grant, bodies[grant.organization_id]), on)
        if fits(reach)
    ]
    delegated = Delegation.objects.filter(in_force(on), grant__in=acting, ended_at__isnull=True)
    named = Q(id__in=[grant.user_id for grant in acting]) | Q(id__in=delegated.values("to_user"))
    people = User.objects.filter(named, is_active=True, is_program=False)
    return list(people.select_related("organization").order_by("id"))


def _granting_bodies(matter: Matter, roles: frozenset[Role], on: date) -> dict[int, frozenset[int]]:
    """The organizations of which a grant can give a role here, with the matter's own ones that each encloses."""
    bodies: dict[int, frozenset[int]] = {}
    if roles & COVERING:
        bodies = _competent_bodies(matter, on)
    own = {organization for role in roles for organization in _bodies_of(matter, role)}
    return bodies | (enclosing_organizations(own) if own else {})


def _competent_bodies(matter: Matter, on: date) -> dict[int, frozenset[int]]:
    """The organizations that are competent where the matter lies, and above; they need not take part in it."""
    around = areas_around(matter.area_path, on)
    competent = Jurisdiction.objects.filter(in_force(on), domain=matter.domain, area__in=around)
    return dict.fromkeys(competent.values_list("organization_id", flat=True), frozenset[int]())


def _bodies_of(matter: Matter, role: Role) -> list[int]:
    """The organizations by which somebody in this role has to do with the matter."""
    if role in HOLDING:
        return [] if matter.holder is None else [matter.holder]
    part = {Role.COMPANY: Part.RESPONDENT, Role.ASSISTING: Part.ASSISTING}.get(role)
    return [organization for organization, own in matter.parts.items() if part and own is part]
