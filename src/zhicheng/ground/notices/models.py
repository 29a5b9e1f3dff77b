"""Notices: what is told to whom, by which channel, and what became of it."""

from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    """How a notice reaches somebody. The inbox is read in the desk; the others are sent."""

    INBOX = "inbox"
    EMAIL = "email"
    SMS = "sms"


class RecipientKind(models.TextChoices):
    """Whom a notice is for: an account, everybody of an organization, or a person who left a number."""

    USER = "user"
    ORGANIZATION = "organization"
    CONTACT = "contact"


class Notice(models.Model):
    """One message to one recipient by one channel.

    It keeps a template and codes, never a text, a number or an address of a person: those are looked up when
    it is sent or read. `key` says what is told to whom, so that telling twice tells once. A notice waits until
    `sent_at` or `failed_at` is set; `error` says why the last attempt failed, or the notice for good: it is a
    message of the catalogue. `link` is the page of the subject, as a path.
    """

    key = models.CharField(max_length=64, unique=True)
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    recipient_id = models.BigIntegerField()
    channel = models.CharField(max_length=8, choices=Channel)
    template = models.CharField(max_length=60)
    params = models.JSONField()
    language = models.CharField(max_length=10)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    deliver_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["recipient_id", "-created_at"],
                name="notice_inbox",
                condition=Q(recipient_kind="user", channel="inbox"),
            ),
            models.Index(
                fields=["recipient_id"],
                name="notice_unread",
                condition=Q(recipient_kind="user", channel="inbox", read_at__isnull=True),
            ),
            models.Index(
                fields=["deliver_after"],
                name="notice_waiting",
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(fields=["-failed_at"], name="notice_failed", condition=Q(failed_at__isnull=False)),
            models.Index(fields=["subject_kind", "subject_id"], name="notice_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="notice_sent_or_failed"
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(error=""), name="notice_failed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} → {self.recipient_kind}:{self.recipient_id} by {self.channel}"

    @property
    def title(self) -> str:
        """The subject line in the reader's language."""
        from zhicheng.ground.notices.rendering import render

        return render(self).title

    @property
    def text(self) -> str:
        """The body in the reader's language."""
        from zhicheng.ground.notices.rendering import render

        return render(self).text

    @property
    def address(self) -> str:
        """The page that the notice leads to."""
        return self.link
