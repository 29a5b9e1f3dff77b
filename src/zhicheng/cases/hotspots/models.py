"""An alert: that a hot spot has appeared or has grown, told once to the body in charge."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhicheng.core.access import OUTSIDE, Actor, Domain
from zhicheng.ground.proceedings.api import covered

SUBJECT = "hot_spot"
CURRENT = Q(over_at__isnull=True)
"""Alerts of spots that are still hot and have not grown since."""
NOTHING = Q(pk__in=())


class AlertQuerySet(models.QuerySet["HotSpotAlert"]):
    """Reads of alerts."""

    def visible_to(self, actor: Actor) -> Self:
        """Only alerts to the actor's bodies, or of a place and domain for which they are competent."""
        seen = Q() if actor.is_system else NOTHING
        for reach in actor.reaches:
            if reach.role not in OUTSIDE:
                own = NOTHING if reach.confined else Q(body__in=reach.organizations)
                seen |= own | covered(reach)
        return self.filter(seen)


class HotSpotAlert(models.Model):
    """One alert. `place_key` is the estate's id, negative, or else the township's; `area` where it lies.

    `reach` and `count` are what they were when it was told. A spot that grows gets another alert, `after` the one
    before; `over_at` is when it grew, or was hot no longer. What an officer answered is a personal text.
    """

    code = models.CharField(max_length=60)
    category = models.ForeignKey("packs.Term", on_delete=models.PROTECT, related_name="+")
    place_key = models.BigIntegerField()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=20, choices=[(d, d) for d in Domain])
    body = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    reach = models.IntegerField()
    count = models.IntegerField()
    days = models.IntegerField()
    told_at = models.DateTimeField()
    after = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="grown")
    over_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["HotSpotAlert"]] = AlertQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-told_at", "-id"], name="alert_told")]
        constraints = [
            models.UniqueConstraint(fields=["code", "place_key"], condition=CURRENT, name="alert_once"),
            models.CheckConstraint(
                condition=Q(over_at__isnull=True) | Q(over_at__gte=F("told_at")), name="alert_forward"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, word="")
                | (Q(acknowledged_at__gte=F("told_at"), acknowledged_by__isnull=False) & ~Q(word="")),
                name="alert_acknowledged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} at {self.place_key}: {self.reach}"
