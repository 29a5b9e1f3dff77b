"""Calls, and the snippets of knowledge from which some are answered at once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhicheng.core.access import Actor


class Outcome(models.TextChoices):
    """What became of a call."""

    OPENED = "opened", _("A case was opened")
    ADDED = "added", _("Added to an earlier case")
    ANSWERED = "answered", _("Answered at once")


class CallQuerySet(models.QuerySet["Call"]):
    """Reads of calls."""

    def visible_to(self, actor: Actor) -> "CallQuerySet":
        """Only the calls of hotline centres that the actor works for."""
        centres = {one for reach in actor.reaches for one in reach.organizations}
        return self.filter(organization__in=centres)


class Call(models.Model):
    """One call: on which line it came, who took it, and what became of it.

    `line` is a term of the catalogue `hotline.line`. What the reporter said beside a case is kept as a text of
    the call that can be erased. `request_hash` recognises a repeated request.
    """

    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=60)
    taken_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    reporter = models.ForeignKey("personal.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="calls")
    snippet = models.ForeignKey("cases.Snippet", null=True, on_delete=models.PROTECT, related_name="+")
    request_hash = models.CharField(max_length=64, unique=True)
    simulated = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Call"]] = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-began_at", "-id"], name="call_of_centre"),
            models.Index(fields=["reporter"], name="call_reporter"),
            models.Index(fields=["case"], name="call_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="call_ended_after_began"),
            models.CheckConstraint(
                condition=Q(outcome="answered", case__isnull=True)
                | Q(outcome__in=("opened", "added"), case__isnull=False),
                name="call_case_fits_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class SnippetQuerySet(models.QuerySet["Snippet"]):
    """Reads of snippets."""

    def visible_to(self, actor: Actor) -> "SnippetQuerySet":
        """The snippets of the areas in which the actor has something to do, and of the areas around them."""
        inside = Q(pk__in=())
        for path in actor.areas:
            around = [int(part) for part in path.strip("/").split("/")]
            inside |= Q(area__in=around) | Q(area__path__startswith=path)
        return self.filter(inside)


class Snippet(models.Model):
    """A short answer to what reporters ask: where to turn, what to bring, how long it takes.

    `reviewed_on` is the day on which somebody last made sure that it is right; a retired one is kept, because
    calls were answered from it.
    """

    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=1_000)
    source = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField()
    retired_on = models.DateField(null=True)
    sample = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Snippet"]] = SnippetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "-reviewed_on", "-id"], name="snippet_area")]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("reviewed_on")),
                name="snippet_retired_after_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title
