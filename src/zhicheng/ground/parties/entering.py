"""Entering and correcting organizations as people of a body do: in its areas, each once, none twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhicheng.core.access import Actor
from zhicheng.core.codes import parse_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.entering import entry_key, lock_entering
from zhicheng.ground.parties.models import Kind, Organization
from zhicheng.ground.parties.services import register_organization, revise_organization

ENTERED = (Kind.COMPANY, Kind.LABORATORY, Kind.SERVICE_POINT, Kind.OTHER)
"""Kinds that people enter; public bodies, their departments and hotlines come from packs."""


class EntryRefused(Refused):
    """A record that cannot be entered so. `field` is the argument that is wrong, empty if none alone is."""

    def __init__(self, message: str, field: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


class KnownOrganization(EntryRefused):
    """The organization is there already, as `organization`."""

    def __init__(self, message: str, field: str, organization: Organization, **params: object) -> None:
        super().__init__(message, field, name=organization.name, place=organization.area.name, **params)
        self.organization = organization


@transaction.atomic
def enter_organization(
    *, name: str, kind: str, area: Area, by: Actor, now: datetime, uscc: str = "",
    request_key: UUID | None = None, **fields: Any,
) -> Organization:  # fmt: skip
    """Enters an organization; the same request has one effect, however often it comes.

    Raises KnownOrganization if its code is there already, or without a code its name in the area; EntryRefused if
    the actor's body is not competent for the area; Refused if a code does not check.
    """
    lock_entering("organization")
    key = entry_key(request_key, name, kind, area.pk, uscc, fields)
    sent_before = Organization.objects.filter(entry_key=key).first() if key else None
    if sent_before:
        return sent_before
    check_place(by, area)
    code = parse_social_credit_code(uscc) if uscc else ""
    _refuse_known(name.strip(), code, area)
    return register_organization(
        name=name, kind=kind, area=area, uscc=code or None, entry_key=key, by=by, now=now, **fields
    )


@transaction.atomic
def correct_organization(
    *, organization: Organization, changes: Mapping[str, Any], reason: str, by: Actor, now: datetime
) -> Organization:
    """Revises an organization that people enter, for a reason; its old and its new area must be the actor's.

    Raises as `enter_organization`, and EntryRefused for a kind that comes from packs.
    """
    lock_entering("organization")
    if organization.kind not in ENTERED:
        raise EntryRefused(
            words("Public bodies and their departments come from the city's pack: change them there")
        )
    check_place(by, organization.area)
    area = changes.get("area", organization.area)
    check_place(by, area)
    code = parse_social_credit_code(changes["uscc"]) if changes.get("uscc") else ""
    if code and code != organization.uscc:
        _refuse_known("", code, area)
    return revise_organization(organization=organization, changes=changes, reason=reason, by=by, now=now)


def find_known(name: str, code: str, area: Area) -> Organization | None:
    """The organization that has this code, or this name in this area if either has no code."""
    if code and (same := Organization.objects.select_related("area").filter(uscc=code).first()):
        return same
    codeless = Q(uscc__isnull=True) if code else Q()
    named = Organization.objects.select_related("area").filter(codeless, name=name, area=area, kind__in=ENTERED)
    return named.order_by("id").first()


def check_place(by: Actor, area: Area) -> None:
    """Raises EntryRefused unless the actor's body is competent for something in the area."""
    if not by.enters(area.path):
        message = words("Your body is not competent for {place}: whoever is, enters what is there")
        raise EntryRefused(message, "area", place=area.name)


def _refuse_known(name: str, code: str, area: Area) -> None:
    known = find_known(name, code, area)
    if known is None:
        return
    if code and known.uscc == code:
        raise KnownOrganization(
            words("{code} is the code of “{name}” ({place}) already"), "uscc", known, code=code
        )
    raise KnownOrganization(words("“{name}” is entered in {place} already"), "name", known)
