"""A case: what was complained of, where, by whom. Where it stands is written in its proceedings."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.hotline.models import Call, Outcome, Snippet
from zhicheng.cases.hotspots.models import HotSpotAlert
from zhicheng.cases.joining.models import Joint
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.suggesting.models import CategoryChoice, SuggestionModel
from zhicheng.cases.work_orders.models import AnswerLine, AnswerSheet, ExternalClock, Stage
from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import counted, listed, seen

__all__ = [
    "SUBJECT",
    "AnswerLine",
    "AnswerSheet",
    "Call",
    "Case",
    "CategoryChoice",
    "ExternalClock",
    "HotSpotAlert",
    "Joint",
    "Outcome",
    "ReplyTemplate",
    "Snippet",
    "Source",
    "Stage",
    "SuggestionModel",
]

SUBJECT = "case"


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Only cases with a proceeding that the actor may see."""
        return self.filter(seen(actor, SUBJECT))

    def listed_for(self, actor: Actor) -> Self:
        """The same cases, found in the way that is quick for a list of them."""
        return self.filter(listed(actor, SUBJECT))

    def counted_for(self, actor: Actor, since: datetime | None = None) -> Self:
        """The same cases, found in the way that is quick where all of them are counted or matched.

        `since` is for those of the loop that were received then or later.
        """
        return self.filter(counted(actor, SUBJECT, since))


class Source(models.TextChoices):
    """How a case reached the city."""

    PORTAL = "portal", _("Portal")
    HOTLINE = "hotline", _("Hotline")
    API = "api", _("Interface")
    IMPORT = "import", _("Import")


class Case(models.Model):
    """One complaint. `received_at` and `replied_at` of a historical case are the times its source gives.

    `request_hash` recognises a repeated request: a keyed hash, because the secret follows from the request's
    key. `secret_hash` proves whoever tracks the case. `respondent` is what the reporter wrote about who is to
    blame; `company` is who was found to be. The words that say where exactly (a room, a shop) are sealed with name
    and number of `reporter`: they may be where somebody lives, but are on no paper the reporter's own address.
    Once `erased_at` is set, whatever people wrote is gone and the facts that figures count remain.
    """

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    category = models.ForeignKey("packs.Term", null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.ForeignKey("packs.Term", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("objects.Site", null=True, on_delete=models.PROTECT, related_name="+")
    respondent = models.CharField(max_length=120, blank=True)
    company = models.ForeignKey(
        "parties.Organization", null=True, on_delete=models.PROTECT, related_name="cases_answered"
    )
    reporter = models.ForeignKey("personal.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source)
    received_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    historical = models.BooleanField(default=False)
    importer = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    external_system = models.CharField(max_length=40, blank=True)
    external_number = models.CharField(max_length=60, blank=True)
    secret_hash = models.BinaryField(null=True)
    request_hash = models.BinaryField(null=True, unique=True)
    simulated = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Case"]] = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_received"),
            models.Index(fields=["category", "county", "-received_at"], name="case_category"),
            models.Index(fields=["site", "-received_at"], name="case_site"),
            models.Index(fields=["company", "-received_at"], name="case_company"),
            models.Index(fields=["reporter"], name="case_reporter"),
            models.Index("received_at", "id", name="case_earlier", condition=Q(historical=True)),
            models.Index("replied_at", "id", name="case_replied", condition=Q(historical=True)),
            models.Index(
                F("replied_at").desc(nulls_last=True),
                F("id").desc(),
                name="case_replied_last",
                condition=Q(historical=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_system", "external_number"],
                condition=~Q(external_number=""),
                name="case_external_number_once",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(replied_at__gte=F("received_at")),
                name="case_reply_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(historical=True) | (Q(replied_at__isnull=True) & Q(reply="")),
                name="case_reply_is_historical",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(description="", respondent="", reply=""),
                name="case_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.number
