"""A card: of which matter, for which due time, to which body. It stays as it was issued."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding


class Colour(models.TextChoices):
    """Yellow one working day before the limit ends, red from the first day after."""

    YELLOW = "yellow", _("Yellow card")
    RED = "red", _("Red card")


class CardQuerySet(models.QuerySet["Card"]):
    """Reads of cards."""

    def visible_to(self, actor: Actor) -> Self:
        """Only cards of matters that the actor may see."""
        return self.filter(proceeding__in=Proceeding.objects.visible_to(actor).values("id"))


class Card(models.Model):
    """One card. The same matter gets one of each colour for one due time: a new limit may bring new ones.

    `raised_at` is when a red card went to the superior body.
    """

    proceeding = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="cards")
    holder = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(max_length=6, choices=Colour)
    due_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    raised_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Card"]] = CardQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="card_issued"),
            models.Index(
                fields=["issued_at"], name="card_unraised", condition=Q(colour="red", raised_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "due_at", "colour"], name="card_once"),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="card_colour_known"),
            models.CheckConstraint(
                condition=Q(raised_at__isnull=True) | Q(colour="red", raised_at__gte=F("issued_at")),
                name="card_raised_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colour} card of proceeding {self.proceeding_id}"


class Stage(models.TextChoices):
    """Who is reminded of a matter that has a card, one after the other."""

    ASSIGNEE = "assignee", _("Assignee")
    LEADER = "leader", _("Leader")


class Reminder(models.Model):
    """A reminder: of one matter, for one due time, at one stage only once, whatever the colours of its cards."""

    proceeding = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="reminders")
    due_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage)
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "due_at", "stage"], name="reminder_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="reminder_stage_known"),
        ]

    def __str__(self) -> str:
        return f"reminder of proceeding {self.proceeding_id} to its {self.stage}"
