"""Reads of notices."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from zhicheng.core.access import Actor, Role, Subject
from zhicheng.core.masks import mask_email
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices.models import Attempt, Channel, Notice, QuietRow, RecipientKind, Wording
from zhicheng.ground.personal.api import Contact


def list_notices(user: User) -> QuerySet[Notice]:
    """The person's inbox, the latest first."""
    return _inbox(user).select_related("area").order_by("-created_at", "-id")


def count_unread(user: User) -> int:
    """How many notices of the inbox the person has not read."""
    return _inbox(user).filter(read_at__isnull=True).count()


def list_notices_about(subject: Subject) -> QuerySet[Notice]:
    """Everything that was told about a record, to whomever, the latest first."""
    kind, subject_id = subject
    return Notice.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("-created_at", "-id")


def list_undeliverable() -> QuerySet[Notice]:
    """What could not be delivered, with its `error`, the latest first: somebody has to be told otherwise."""
    return Notice.objects.filter(failed_at__isnull=False).order_by("-failed_at", "-id")


def list_overdue(before: datetime) -> QuerySet[Notice]:
    """What should have been sent before a moment and still waits, the oldest first."""
    waiting = Notice.objects.filter(sent_at__isnull=True, failed_at__isnull=True)
    return waiting.filter(deliver_after__lt=before).order_by("deliver_after", "id")


def _inbox(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(
        recipient_kind=RecipientKind.USER,
        recipient_id=user.id,
        channel=Channel.INBOX,
        failed_at__isnull=True,
    )


def list_attempts(notice: Notice) -> QuerySet[Attempt]:
    """Every try to send a notice, the latest first."""
    return Attempt.objects.filter(notice=notice).order_by("-at", "-id")


def list_sent_out(actor: Actor) -> QuerySet[Notice]:
    """What leaves the house, and what reached nobody, for whoever looks after the system.

    A system administrator of a body with an area of its own looks after what is about that area, or about none.
    """
    reaches = [reach for reach in actor.reaches if reach.role is Role.SYSTEM_ADMINISTRATOR]
    if not reaches:
        return Notice.objects.none()
    found = Notice.objects.filter(~Q(channel=Channel.INBOX) | Q(failed_at__isnull=False))
    paths = [path for reach in reaches for path in reach.areas]
    if not paths:
        return found
    inside = Q(area__isnull=True)
    for path in paths:
        inside |= Q(area__path__startswith=path)
    return found.filter(inside)


def masked_recipients(notices: Iterable[Notice]) -> dict[int, str]:
    """To whom each goes, as a screen may show it: two queries, whatever the number."""
    listed = list(notices)
    users = User.objects.in_bulk([one.recipient_id for one in listed if one.recipient_kind == RecipientKind.USER])
    contacts = Contact.objects.in_bulk(
        [one.recipient_id for one in listed if one.recipient_kind == RecipientKind.CONTACT]
    )
    return {one.pk: _masked(one, users.get(one.recipient_id), contacts.get(one.recipient_id)) for one in listed}


def _masked(notice: Notice, user: User | None, contact: Contact | None) -> str:
    if notice.recipient_kind == RecipientKind.CONTACT:
        masked = contact.masked if contact else None
        return (masked.email if notice.channel == Channel.EMAIL else masked.phone) if masked else ""
    if notice.recipient_kind == RecipientKind.USER and user is not None:
        address = f" {mask_email(user.email)}" if notice.channel == Channel.EMAIL else ""
        return f"{user.username}{address}"
    return ""


def list_packed_areas() -> list[Area]:
    """The areas whose packs state words or quiet hours of their own, by name."""
    ids = {*Wording.objects.values_list("area_id", flat=True), *QuietRow.objects.values_list("area_id", flat=True)}
    return list(Area.objects.filter(pk__in=ids - {None}).order_by("sort_key", "id"))
