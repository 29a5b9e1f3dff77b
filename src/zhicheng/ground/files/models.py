"""Stored content, once for each hash, and the attachments that point to it."""

from django.db import models
from django.db.models import F, Q

from zhicheng.ground.files.kinds import kind_typed


class StoredFile(models.Model):
    """Content under FILES_ROOT. `sha256` is of the bytes as stored, after an image was rewritten."""

    sha256 = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=60)
    size_bytes = models.BigIntegerField()
    width_px = models.IntegerField(null=True, blank=True)
    height_px = models.IntegerField(null=True, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_named_by_hash"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="file_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.sha256[:12]}"

    @property
    def is_image(self) -> bool:
        """Whether it can be shown in a page and has a small picture."""
        return kind_typed(self.content_type).is_image


class Attachment(models.Model):
    """One upload: a file's place in a record, and in one step of it if `step_number` says so.

    `hash` is the keyed hash that steps and ledger entries keep. Erasing empties the row and cuts it from
    the file; the hash remains. Names and captions are written by people and go with it.
    """

    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    step_number = models.IntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    hash = models.CharField(max_length=64)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, file__isnull=False)
                | Q(erased_at__isnull=False, file__isnull=True, name="", caption=""),
                name="attachment_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(erased_at__gte=F("added_at")),
                name="attachment_erased_after_added",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.purpose} {self.pk}"
