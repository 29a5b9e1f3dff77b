"""Whom a notice is for, and by which channels it goes there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.notices.models import Channel, RecipientKind

NO_ACCOUNT = words("Nobody of this organization has an account.")
CLOSED = words("The account is locked.")


@dataclass(frozen=True)
class Recipient:
    """An account, an organization or a contact, by its id; nothing personal."""

    kind: RecipientKind
    id: int

    @classmethod
    def user(cls, user_id: int) -> Self:
        """One account."""
        return cls(RecipientKind.USER, user_id)

    @classmethod
    def organization(cls, organization_id: int) -> Self:
        """Everybody who has an account of the organization when the notice is written."""
        return cls(RecipientKind.ORGANIZATION, organization_id)

    @classmethod
    def contact(cls, contact_id: int) -> Self:
        """A person without an account, who left a number."""
        return cls(RecipientKind.CONTACT, contact_id)


@dataclass(frozen=True)
class Route:
    """One way to one recipient; `obstacle` says why there is none."""

    recipient: Recipient
    channel: Channel
    obstacle: str = ""


def routes(recipients: Iterable[Recipient]) -> list[Route]:
    """Every way to the recipients, each once: the inbox of accounts, their e-mail if they have one, SMS."""
    wanted = list(dict.fromkeys(recipients))
    users = _users(wanted)
    return list(dict.fromkeys(route for one in wanted for route in _routes_to(one, users)))


def _users(recipients: list[Recipient]) -> list[User]:
    ids = {kind: [one.id for one in recipients if one.kind == kind] for kind in RecipientKind}
    if not ids[RecipientKind.USER] and not ids[RecipientKind.ORGANIZATION]:
        return []
    named = Q(id__in=ids[RecipientKind.USER])
    of_organizations = Q(organization__in=ids[RecipientKind.ORGANIZATION], is_active=True)
    return list(User.objects.filter(named | of_organizations).order_by("id"))


def _routes_to(recipient: Recipient, users: list[User]) -> Iterator[Route]:
    if recipient.kind == RecipientKind.CONTACT:
        yield Route(recipient, Channel.SMS)
        return
    attribute = "id" if recipient.kind == RecipientKind.USER else "organization_id"
    found = [user for user in users if getattr(user, attribute) == recipient.id]
    if not found:
        yield Route(recipient, Channel.INBOX, NO_ACCOUNT)
    for user in found:
        account = Recipient.user(user.id)
        if not user.is_active:
            yield Route(account, Channel.INBOX, CLOSED)
            continue
        yield Route(account, Channel.INBOX)
        if user.email:
            yield Route(account, Channel.EMAIL)
