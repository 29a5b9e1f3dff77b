"""Reads of notices."""

from datetime import datetime

from django.db.models import QuerySet

from zhicheng.core.access import Subject
from zhicheng.ground.access.api import User
from zhicheng.ground.notices.models import Channel, Notice, RecipientKind


def list_notices(user: User) -> QuerySet[Notice]:
    """The person's inbox, the latest first."""
    return _inbox(user).order_by("-created_at", "-id")


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
