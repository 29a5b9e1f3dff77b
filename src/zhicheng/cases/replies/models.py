"""Reply templates: of one body, or of everybody in a pack's area."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from zhicheng.cases.replies.rules import LONGEST_TEXT, LONGEST_TITLE, Spot
from zhicheng.core.access import OUTSIDE, Actor


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    """Reads of reply templates."""

    def visible_to(self, actor: Actor) -> Self:
        """The templates of the bodies that the actor works for, and those shared around the areas they work in."""
        inside = [reach for reach in actor.reaches if reach.role not in OUTSIDE]
        own = Q(organization__in={one for reach in inside for one in reach.organizations})
        around = {int(part) for reach in inside for path in reach.areas for part in path.strip("/").split("/")}
        shared = Q(organization__isnull=True) & (Q(area__isnull=True) | Q(area__in=around))
        return self.filter(own | shared) if inside else self.none()


class ReplyTemplate(models.Model):
    """A text with blanks, for one field or many: `kind`, `verb`, `need`, `category` are empty where any will do.

    One that a pack shares has the pack's `key` and `area` (none: everywhere) and no organization. It is never
    deleted: once retired it is no longer offered, and what was written with its help stays explained.
    """

    organization = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=40, blank=True)
    need = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(max_length=LONGEST_TEXT)
    saved_on = models.DateField()
    retired_on = models.DateField(null=True)
    sample = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["ReplyTemplate"]] = ReplyTemplateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organization", "kind", "title"], name="reply_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "title"], name="reply_title_once",
                condition=Q(organization__isnull=False, retired_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["area", "key"], name="reply_key_once", condition=~Q(key=""), nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, area__isnull=True, key="")
                | Q(organization__isnull=True) & ~Q(key=""),
                name="reply_of_body_or_pack",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def spot(self) -> Spot:
        """The fields in which it is offered."""
        return Spot(self.kind, self.verb, self.need)
