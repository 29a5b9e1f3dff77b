"""One table for every proceeding of the house. State is moved by inserting a step, never by an update."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhicheng.core.access import Actor, Domain, Matter, Part, Role
from zhicheng.core.process.table import Ending
from zhicheng.ground.proceedings.scope import scope_filter


class ProceedingQuerySet(models.QuerySet["Proceeding"]):
    """Reads of proceedings; `visible_to` is the scope policy of the whole house."""

    def visible_to(self, actor: Actor) -> Self:
        """Only what the actor may see, by jurisdiction, by taking part, or by their own secret."""
        return self.filter(scope_filter(actor))

    def about(self, subject_kind: str) -> Self:
        """Only proceedings about one kind of record."""
        return self.filter(subject_kind=subject_kind)


class Proceeding(models.Model):
    """Where one matter stands. Every column but `due_at` and `assignee` is moved by the database itself.

    `holder` is the body that has the matter, `assignee` the person in it who took it. `due_at` is the first
    of the running clocks to end; empty while none runs or all are paused.
    """

    kind = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    domain = models.CharField(max_length=20, choices=[(d, d) for d in Domain])
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(
        "parties.Organization", null=True, on_delete=models.PROTECT, related_name="held_proceedings"
    )
    assignee = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="assigned_proceedings"
    )
    state = models.CharField(max_length=40)
    ending = models.CharField(max_length=10, choices=[(e, e) for e in Ending])
    owner_role = models.CharField(max_length=30, blank=True, choices=[(r, r) for r in Role])
    last_step = models.IntegerField()
    opened_at = models.DateTimeField()
    state_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paused = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Proceeding"]] = ProceedingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="proceeding_subject"),
            models.Index(fields=["holder", "due_at"], name="proceeding_inbox", condition=Q(ending="open")),
            models.Index(fields=["due_at"], name="proceeding_due", condition=Q(ending="open")),
            models.Index(fields=["domain", "area", "-opened_at"], name="proceeding_place"),
            models.Index(fields=["kind", "state", "-opened_at"], name="proceeding_state"),
            models.Index(fields=["id"], name="proceeding_simulated", condition=Q(simulated=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state_since__gte=F("opened_at")), name="proceeding_forward"),
            models.CheckConstraint(
                condition=Q(ending="open", owner_role__gt="") | (~Q(ending="open") & Q(due_at__isnull=True)),
                name="proceeding_open_has_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.ending == Ending.OPEN

    def matter(self) -> Matter:
        """What access needs to know; reads area and participants unless they were prefetched."""
        return Matter(
            area_path=self.area.path,
            domain=Domain(self.domain),
            holder=self.holder_id,
            parts={p.organization_id: Part(p.part) for p in self.participants.all()},
            subject=(self.subject_kind, self.subject_id),
        )


class Step(models.Model):
    """One step that was taken: inserting it is the change of state. Rows are never updated or deleted."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    ending = models.CharField(max_length=10)
    owner_role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=60)
    organization = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField()
    holder = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    paused = models.BooleanField(default=False)
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="step")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "number"], name="step_number_once"),
            models.UniqueConstraint(fields=["proceeding", "number", "to_state"], name="step_reaches_state"),
        ]
        indexes = [models.Index(fields=["verb", "-at"], name="step_verb")]

    def __str__(self) -> str:
        return f"{self.proceeding_id}/{self.number} {self.verb}"


class Clock(models.Model):
    """A running, paused or ended limit of one proceeding. `pauses` pairs ISO times; an open one ends in null."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="clocks")
    limit_key = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    extended_by = models.IntegerField(default=0)
    pauses = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["proceeding"], name="clock_running", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="clock_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.limit_key} due {self.due_at}"


class Participant(models.Model):
    """An organization that takes part in a proceeding and therefore sees it."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="participants")
    organization = models.ForeignKey(
        "parties.Organization", on_delete=models.PROTECT, related_name="participations"
    )
    part = models.CharField(max_length=20, choices=[(p, p) for p in Part])
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proceeding", "organization"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.part}"


class Invitation(models.Model):
    """A secret link by which an organization without an account answers one proceeding.

    Only the hash of the secret is kept.
    """

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="invitations")
    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    secret_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_period_forward")
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} → {self.organization_id}"
