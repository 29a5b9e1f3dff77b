"""What joins two cases: drawn from the steps of the later one, so that lists can ask for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    """How two cases are joined."""

    FOLLOWS = "follows", _("Follows")
    TOGETHER = "together", _("Handled together")


CURRENT = Q(parted_at__isnull=True)
"""Cases that are joined now."""


class Joint(models.Model):
    """A later case and the one that leads. One that was parted again stays, with when."""

    later = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="joints")
    leading = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="led")
    manner = models.CharField(max_length=10, choices=Manner)
    joined_at = models.DateTimeField()
    parted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Joint"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["leading"], name="joint_leading", condition=CURRENT)]
        constraints = [
            models.UniqueConstraint(fields=["later"], condition=CURRENT, name="joint_once"),
            models.CheckConstraint(condition=~Q(later=F("leading")), name="joint_of_two"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="joint_manner_known"),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True) | Q(parted_at__gte=F("joined_at")), name="joint_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} {self.manner} {self.leading_id}"
