"""What an external hotline said of its work orders, and what it was told of them, and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a work order is, in the words of hotlines."""

    RECEIVED = "received", _("Received, not yet accepted")
    ACCEPTED = "accepted", _("Accepted")
    IN_HAND = "in_hand", _("In hand, being worked on")
    CLOSED = "closed", _("Closed with a result")


class ExternalClock(models.Model):
    """When an external hotline received a matter and by when it wants the answer; the case has its number."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="external_clock")
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "case"], name="external_clock_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(due_at__isnull=True) | Q(due_at__gt=F("received_at")),
                name="external_clock_due_after_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_at}"


class AnswerSheet(models.Model):
    """A table of answers that was given back to an external hotline. Rows are only ever added.

    Without days it holds what was new since the sheet before; with `first_on` and `last_on`, what moved then.
    """

    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=40)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    rows = models.IntegerField()
    made_by = models.CharField(max_length=60)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "-made_at"], name="answer_sheet_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__isnull=True, last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="answer_sheet_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.pk}"


class AnswerLine(models.Model):
    """What a sheet said of one work order: how far it was, since when, with whom, and how it ended.

    `endings` lists kind, version and state of what ended: words are found when the table is read. `fingerprint`
    tells whether there is anything new to say.
    """

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="answer_lines")
    stage = models.CharField(max_length=20, choices=Stage)
    unit = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    endings = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="answer_line_latest")]
        constraints = [models.UniqueConstraint(fields=["sheet", "case"], name="answer_line_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"
