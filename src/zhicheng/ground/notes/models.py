"""A note on a record, and whom it mentions. Its text is a personal text of the note, which can be emptied."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding

SUBJECT = "note"


class NoteQuerySet(models.QuerySet["Note"]):
    """Reads of notes."""

    def visible_to(self, actor: Actor) -> Self:
        """Only notes on matters that the actor sees as a member of a body."""
        seen = Proceeding.objects.visible_to(actor.inside)
        return self.filter(matter__in=seen.values("pk"))


class Note(models.Model):
    """One note. `key` is the form's, so that a repeated send writes one; `matter` says who may read it."""

    key = models.UUIDField(unique=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    matter = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="notes")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Note"]] = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="note_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(erased_at__gte=F("written_at")), name="note_erased_after"
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk} on {self.about_kind} {self.about_id}"


class Mention(models.Model):
    """Somebody whom a note mentions: in their inbox until they have seen it."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        indexes = [models.Index(fields=["user"], name="mention_unseen", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return f"user {self.user_id} in note {self.note_id}"
