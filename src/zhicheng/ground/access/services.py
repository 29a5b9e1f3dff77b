"""Granting, taking back and delegating roles. Every change is an entry in the user's chain of the ledger."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zhicheng.core.access import ADMINISTRATORS, Actor, Domain, Role
from zhicheng.core.clock import LOCAL
from zhicheng.core.words import words
from zhicheng.ground.access.models import Delegation, Grant, User
from zhicheng.ground.access.refusals import AccessRefused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Kind, Organization
from zhicheng.ground.personal.api import keyed_hash_of

PUBLIC = (Kind.PUBLIC_BODY, Kind.HOTLINE_CENTRE)
LONGEST_DELEGATION = timedelta(days=92)


def grant_role(
    *, user: User, role: Role, organization: Organization, valid_from: date, by: Actor, now: datetime,
    area: Area | None = None, domain: Domain | None = None, valid_to: date | None = None, reason: str = "",
) -> Grant:  # fmt: skip
    """Grants a role; the same sent again is granted once.

    Raises AccessRefused if somebody grants it to themselves, if it ends before it begins, if the organization is
    not of the kind that has the role, and if it would make one person two of the three administrators.
    """
    if by.user_id == user.id:
        raise AccessRefused(words("Nobody grants a role to themselves; ask another security administrator."))
    if valid_to is not None and valid_to < valid_from:
        raise AccessRefused(
            words("The last day {last} is before the first day {first}."),
            "valid_to",
            last=valid_to,
            first=valid_from,
        )
    _refuse_strange_role(role, organization)
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)
        _refuse_second_administrator(user, role, valid_from, valid_to, field="role")
        same = {
            "user": user, "role": role, "organization": organization, "area": area, "domain": domain or "",
            "valid_from": valid_from, "valid_to": valid_to,
        }  # fmt: skip
        if (known := Grant.objects.filter(**same).first()) is not None:
            return known
        grant = Grant.objects.create(**same, reason=reason)
        _record_grant(grant, "grant_role", by, now)
    return grant


def end_grant(*, grant: Grant, last_on: date, by: Actor, now: datetime) -> Grant:
    """Lets a grant end with the day `last_on`; one that has not begun, with its first day.

    Raises AccessRefused if it ends earlier already (a grant is never lengthened), and if it is one's own: so
    whoever administers rights cannot leave nobody who does.
    """
    if by.user_id == grant.user_id:
        raise AccessRefused(words("Nobody ends their own grant; ask another security administrator."))
    with transaction.atomic():
        grant = Grant.objects.select_for_update().get(id=grant.id)
        if grant.valid_to is not None and last_on > grant.valid_to:
            raise AccessRefused(
                words("This grant ends on {valid_to} already; grant anew what shall last longer."),
                "last_on", valid_to=grant.valid_to,
            )  # fmt: skip
        grant.valid_to = max(last_on, grant.valid_from)
        grant.save(update_fields=["valid_to"])
        _record_grant(grant, "end_grant", by, now)
    return grant


def delegate(
    *, grant: Grant, to_user: User, valid_from: date, valid_to: date, reason: str, by: Actor, now: datetime
) -> Delegation:
    """Delegates a grant to a colleague for a time; sent again, it is delegated once.

    Raises AccessRefused unless the grant is the giver's own, the colleague works in the same organization and
    the time is at most 92 days and not over; if the colleague has it on one of these days already; and if it would
    make one person two of the three administrators.
    """
    if grant.user_id != by.user_id:
        raise AccessRefused(words("Only your own grant can be delegated."), "grant")
    if to_user.organization_id != grant.user.organization_id or to_user == grant.user:
        raise AccessRefused(
            words("A grant can be delegated only to a colleague of the same organization."), "to_user"
        )
    if not timedelta(0) <= valid_to - valid_from < LONGEST_DELEGATION:
        raise AccessRefused(
            words("A delegation lasts from 1 to {days} days, its end not before its start."),
            "valid_to", days=LONGEST_DELEGATION.days,
        )  # fmt: skip
    if valid_to < now.astimezone(LOCAL).date():
        raise AccessRefused(
            words("The last day of a delegation, {last}, has passed."), "valid_to", last=valid_to.isoformat()
        )
    with transaction.atomic():
        User.objects.select_for_update().get(id=to_user.id)
        _refuse_second_administrator(to_user, Role(grant.role), valid_from, valid_to, field="to_user")
        had = Delegation.objects.filter(
            grant=grant, to_user=to_user, ended_at__isnull=True, valid_from__lte=valid_to, valid_to__gte=valid_from
        ).first()
        if had is not None:
            return _the_same(had, valid_from, valid_to)
        delegation = Delegation.objects.create(
            grant=grant, to_user=to_user, valid_from=valid_from, valid_to=valid_to, reason=reason,
            created_by_id=by.user_id, created_at=now,
        )  # fmt: skip
        body = {
            "grant": grant.id, "to": to_user.id, "from": valid_from.isoformat(), "until": valid_to.isoformat(),
        }  # fmt: skip
        record(subject=("user", grant.user_id), act="delegate", by=by, now=now, body=body)
    return delegation


def _the_same(had: Delegation, valid_from: date, valid_to: date) -> Delegation:
    """The delegation that an earlier send made; of other days it has to be taken back first: none outlives it."""
    if (had.valid_from, had.valid_to) == (valid_from, valid_to):
        return had
    raise AccessRefused(
        words("This colleague has the grant from {first} to {last} already; take it back first."), "to_user",
        first=had.valid_from.isoformat(), last=had.valid_to.isoformat(),
    )  # fmt: skip


def end_delegation(*, delegation: Delegation, by: Actor, now: datetime) -> Delegation:
    """Takes a delegated grant back at once. Raises AccessRefused unless it is the giver's and still delegated."""
    with transaction.atomic():
        found = Delegation.objects.select_for_update(of=("self",)).select_related("grant").get(id=delegation.id)
        if found.grant.user_id != by.user_id:
            raise AccessRefused(words("Only who delegated a grant can take it back."))
        if found.ended_at is not None or found.valid_to < now.astimezone(LOCAL).date():
            raise AccessRefused(words("This delegation has ended already."))
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        body = {"grant": found.grant_id, "to": found.to_user_id}
        record(subject=("user", found.grant.user_id), act="end_delegation", by=by, now=now, body=body)
    return found


def _refuse_strange_role(role: Role, organization: Organization) -> None:
    """A company's officer would read its cases as staff do, internal notes and all; a department is either's."""
    if organization.kind == Kind.DEPARTMENT or role in ADMINISTRATORS:
        return
    if (organization.kind in PUBLIC) == (role is Role.COMPANY):
        raise AccessRefused(words("{organization} is not of the kind of organization that has this role."), "role",
                            organization=organization.name)  # fmt: skip


def _refuse_second_administrator(
    user: User, role: Role, first_on: date, last_on: date | None, *, field: str
) -> None:
    """Refuses if the user is another of the three administrators on any day of the period, or by delegation."""
    if role not in ADMINISTRATORS:
        return
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=first_on)
    if last_on is not None:
        lasting &= Q(valid_from__lte=last_on)
    held = set(Grant.objects.filter(lasting, user=user).values_list("role", flat=True))
    received = Delegation.objects.filter(lasting, to_user=user, ended_at__isnull=True)
    held |= set(received.values_list("grant__role", flat=True))
    if held & (ADMINISTRATORS - {role}):
        raise AccessRefused(words("System, security and audit administrator must be three people."), field)


def _record_grant(grant: Grant, act: str, by: Actor, now: datetime) -> None:
    body = {
        "grant": grant.id,
        "role": grant.role,
        "organization": grant.organization_id,
        "area": grant.area_id,
        "domain": grant.domain,
        "from": grant.valid_from.isoformat(),
        "until": grant.valid_to.isoformat() if grant.valid_to else None,
    }
    if grant.reason:
        body["reason"] = keyed_hash_of(grant.reason)
    record(subject=("user", grant.user_id), act=act, by=by, now=now, body=body)
