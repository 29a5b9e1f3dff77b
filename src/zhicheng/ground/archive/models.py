"""A filing: which record, in whose archive and of which year, under which number, and until when it is kept."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding

SUBJECT = "filing"
IN_PLACE = Q(taken_out_at__isnull=True)
"""Filings whose record has not been taken out again."""


class FilingQuerySet(models.QuerySet["Filing"]):
    """Reads of filings."""

    def visible_to(self, actor: Actor) -> Self:
        """Only filings of matters that the actor sees as a member of a body."""
        return self.filter(matter__in=Proceeding.objects.visible_to(actor.inside).values("id"))


class Filing(models.Model):
    """One line of the register. It stays when the record is taken out again, so that no number is missing.

    `matter` is the proceeding whose body files the record and by which it is seen; `year` the one in which the
    record ended, and `rule` the limit by which it is kept until the end of `kept_until`. `reason` is the keyed
    hash of why it was taken out.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    matter = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10)
    year = models.IntegerField()
    serial = models.IntegerField()
    number = models.CharField(max_length=80)
    ended_on = models.DateField()
    kept_until = models.DateField()
    rule = models.CharField(max_length=60)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=60)
    taken_out_at = models.DateTimeField(null=True)
    taken_out_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    simulated = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Filing"]] = FilingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="filing_subject"),
            models.Index(fields=["issuer", "year", "serial"], name="filing_register"),
            models.Index(fields=["-filed_at", "-id"], name="filing_filed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "mark", "year", "serial"], name="filing_number_once"),
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], condition=IN_PLACE, name="filed_once"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="filing_serial_positive"),
            models.CheckConstraint(condition=Q(kept_until__gte=F("ended_on")), name="filing_kept_after_end"),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_by="", reason="")
                | (Q(taken_out_at__gte=F("filed_at")) & ~Q(taken_out_by="") & ~Q(reason="")),
                name="filing_taken_out_for_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_place(self) -> bool:
        """Whether the record is in the archive under this number now."""
        return self.taken_out_at is None
