"""Whom a notice is for, and by which channels it goes there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Q

from zhicheng.ground.access.api import User
from zhicheng.ground.notices.models import Channel, RecipientKind, Silence
from zhicheng.ground.notices.registry import Topic
from zhicheng.ground.notices.rules import CLOSED, ERASED, NO_ACCOUNT, NO_WAY
from zhicheng.ground.personal.api import Contact


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
        """A person without an account, who left a number or an e-mail address."""
        return cls(RecipientKind.CONTACT, contact_id)


@dataclass(frozen=True)
class Route:
    """One way to one recipient; `obstacle` says why there is none."""

    recipient: Recipient
    channel: Channel
    obstacle: str = ""


@dataclass(frozen=True)
class _Known:
    """What is known of the recipients: accounts, who wants no e-mail about the topic, contacts."""

    users: list[User] = field(default_factory=list)
    silent: frozenset[int] = frozenset()
    contacts: Mapping[int, Contact] = field(default_factory=dict)


def routes(recipients: Iterable[Recipient], topic: Topic, *, obliged: bool) -> list[Route]:
    """Every way to the recipients, each once: the inbox of accounts, their e-mail unless they want none about
    the topic; text message and e-mail to whoever left a number or an address.

    People are told what nobody is obliged to tell them only if they agreed.
    """
    wanted = list(dict.fromkeys(recipients))
    users = _users(wanted)
    known = _Known(users, _silent(users, topic), _contacts(wanted))
    return list(dict.fromkeys(route for one in wanted for route in _routes_to(one, known, obliged)))


def _users(recipients: list[Recipient]) -> list[User]:
    ids = {kind: [one.id for one in recipients if one.kind == kind] for kind in RecipientKind}
    if not ids[RecipientKind.USER] and not ids[RecipientKind.ORGANIZATION]:
        return []
    named = Q(id__in=ids[RecipientKind.USER])
    of_organizations = Q(organization__in=ids[RecipientKind.ORGANIZATION], is_active=True)
    return list(User.objects.filter(named | of_organizations).order_by("id"))


def _silent(users: list[User], topic: Topic) -> frozenset[int]:
    with_email = [user.pk for user in users if user.email]
    if not with_email:
        return frozenset()
    silences = Silence.objects.filter(topic=topic, user__in=with_email)
    return frozenset(silences.values_list("user_id", flat=True))


def _contacts(recipients: list[Recipient]) -> Mapping[int, Contact]:
    ids = [one.id for one in recipients if one.kind == RecipientKind.CONTACT]
    return Contact.objects.in_bulk(ids) if ids else {}


def _routes_to(recipient: Recipient, known: _Known, obliged: bool) -> Iterator[Route]:
    if recipient.kind == RecipientKind.CONTACT:
        yield from _routes_to_contact(recipient, known.contacts.get(recipient.id), obliged)
        return
    attribute = "id" if recipient.kind == RecipientKind.USER else "organization_id"
    found = [user for user in known.users if getattr(user, attribute) == recipient.id]
    if not found:
        yield Route(recipient, Channel.INBOX, NO_ACCOUNT)
    for user in found:
        account = Recipient.user(user.id)
        if not user.is_active:
            yield Route(account, Channel.INBOX, CLOSED)
            continue
        yield Route(account, Channel.INBOX)
        if user.email and user.pk not in known.silent:
            yield Route(account, Channel.EMAIL)


def _routes_to_contact(recipient: Recipient, contact: Contact | None, obliged: bool) -> Iterator[Route]:
    """Whoever is to be told and cannot be is on record; what is told for kindness only is not."""
    if contact is None or contact.erased_at is not None:
        if obliged:
            yield Route(recipient, Channel.SMS, ERASED)
        return
    if not obliged and contact.progress_agreed_at is None:
        return
    if contact.phone_sealed:
        yield Route(recipient, Channel.SMS)
    if contact.email_sealed:
        yield Route(recipient, Channel.EMAIL)
    if obliged and not contact.phone_sealed and not contact.email_sealed:
        yield Route(recipient, Channel.SMS, NO_WAY)
