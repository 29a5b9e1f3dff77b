"""The ledger as it is stored. The database links the entries; nobody else can."""

from django.db import models


class Chain(models.Model):
    """The head of one subject's chain, kept by the trigger that links entries."""

    pk = models.CompositePrimaryKey("subject_kind", "subject_id")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    length = models.IntegerField()
    head = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} ({self.length})"


class Entry(models.Model):
    """One act: its canonical bytes as written, and the hash that ties them to everything before.

    `number` and `hash` are set by the database when the entry is inserted.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.IntegerField()
    act = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    body = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "number"], name="entry_place")
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="entry_at"),
            models.Index(fields=["actor", "-id"], name="entry_actor"),
            models.Index(fields=["act", "-id"], name="entry_act"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} no. {self.number} {self.act}"


class Root(models.Model):
    """The Merkle root over all chain heads at the end of a day, with the root of the day before."""

    day = models.DateField(primary_key=True)
    chains = models.IntegerField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {bytes(self.root).hex()[:12]}"
