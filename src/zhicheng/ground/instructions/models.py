"""An instruction: on which matter it was written. What it says and how it stands is in its proceeding."""

from typing import ClassVar, Self

from django.db import models

from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding

SUBJECT = "instruction"


class InstructionQuerySet(models.QuerySet["Instruction"]):
    """Reads of instructions."""

    def visible_to(self, actor: Actor) -> Self:
        """Only instructions with a proceeding that the actor may see: those of the bodies, never a company's."""
        seen = Proceeding.objects.visible_to(actor).about(SUBJECT)
        return self.filter(id__in=seen.values("subject_id"))


class Instruction(models.Model):
    """One instruction about a record. `key` is the form's, so that a repeated send writes one.

    Its text is a personal text of its proceeding, which can be emptied.
    """

    key = models.UUIDField(unique=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    matter = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="instructions")
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Instruction"]] = InstructionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="instruction_about")]

    def __str__(self) -> str:
        return f"instruction {self.pk} on {self.about_kind} {self.about_id}"
