"""Notices: what is told to whom, by which channel, and what became of it."""

from django.contrib.postgres.fields import ArrayField
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
    message of the catalogue. `link` is the page of the subject, as a path. `area`, `process` and `step` choose
    the words and the quiet hours; `obliged` says that a person is told whether they agreed or not.
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
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    process = models.CharField(max_length=60, blank=True, default="")
    step = models.CharField(max_length=60, blank=True, default="")
    obliged = models.BooleanField(default=False)
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
            models.Index(
                fields=["-created_at", "-id"],
                name="notice_sent_out",
                condition=~Q(channel="inbox") | Q(failed_at__isnull=False),
            ),
            models.Index(
                fields=["recipient_id"],
                name="notice_waiting_for_contact",
                condition=Q(recipient_kind="contact", sent_at__isnull=True, failed_at__isnull=True),
            ),
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


class Attempt(models.Model):
    """One try to send a notice, or the decision not to. `error` is of the catalogue, or a kind of failure."""

    class Outcome(models.TextChoices):
        """What became of it: tried again after FAILED, never after the last two unless somebody asks."""

        SENT = "sent"
        FAILED = "failed"
        GIVEN_UP = "given_up"
        DROPPED = "dropped"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="sent", error="") | (~Q(outcome="sent") & ~Q(error="")),
                name="attempt_failed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outcome}"


class Wording(models.Model):
    """The words of a template as a pack states them, for a process, a step, a channel, or all.

    Without an area they are the nation's. Without a channel they are for the inbox and for e-mail; a text message
    has words of its own.
    """

    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=60)
    process = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    title_zh = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    text_zh = models.CharField(max_length=2000)
    text_en = models.CharField(max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "template", "process", "step", "channel"],
                nulls_distinct=False,
                name="wording_once",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.template, self.process, self.step, self.channel)))


class QuietRow(models.Model):
    """The hours in which people are not sent anything by a channel (`core.clock.quiet`); national without area.

    `exempt` names what is sent nevertheless, as `process.step`.
    """

    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    begins = models.TimeField()
    ends = models.TimeField()
    exempt = ArrayField(models.CharField(max_length=121), default=list)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "channel"], nulls_distinct=False, name="quiet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.begins}–{self.ends}"


class Silence(models.Model):
    """An account wants no e-mail about a topic. The inbox is not asked: work waits there."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="silence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"
