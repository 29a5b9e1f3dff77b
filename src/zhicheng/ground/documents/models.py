"""Documents that were issued, and what is known of them since. Nothing of what was issued is ever changed."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from zhicheng.core.access import Actor
from zhicheng.ground.documents.scope import seen_by
from zhicheng.ground.documents.states import PaperState


class FormLayout(models.Model):
    """A form (`layouts.Layout`) of the law, if `area` is null, or of an area's pack."""

    key = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    layout = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "area", "valid_from"], nulls_distinct=False, name="form_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="form_period_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class Prefix(models.Model):
    """The letters by which a body's documents are known (机关代字), such as 枣市监."""

    organization = models.OneToOneField(
        "parties.Organization", primary_key=True, on_delete=models.PROTECT, related_name="document_prefix"
    )
    letters = models.CharField(max_length=20)
    sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.letters


class Counter(models.Model):
    """The last serial that a body gave in a series and year: one row, locked until the document is committed."""

    pk = models.CompositePrimaryKey("issuer", "mark", "year")
    issuer = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10)
    year = models.IntegerField()
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.last}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents."""

    def visible_to(self, actor: Actor) -> Self:
        """Only documents that the actor may read: staff by the matter, others what is addressed to them."""
        return self.filter(seen_by(actor))


class Document(models.Model):
    """One version of a document. `code` opens the public page that verifies it.

    `content_hash` is the keyed hash of the content as issued; the content itself can be erased. A corrected
    version keeps the number and supersedes the one before; `reason` is the keyed hash of why. `readers` are
    the roles outside the bodies to whom it is addressed, `addressee` the organization, if it is one.
    """

    code = models.CharField(max_length=30, unique=True)
    form = models.CharField(max_length=60)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120)
    issuer = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10)
    year = models.IntegerField()
    serial = models.IntegerField()
    version = models.IntegerField()
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    proceeding = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="documents")
    step_number = models.IntegerField(null=True)
    addressee = models.ForeignKey("parties.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    readers = ArrayField(models.CharField(max_length=20), default=list)
    content_hash = models.CharField(max_length=64)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    reason = models.CharField(max_length=64, blank=True)
    simulated = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Document"]] = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="document_subject"),
            models.Index(fields=["-issued_at", "-id"], name="document_issued"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "mark", "year", "serial", "version"], name="document_number_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True, reason="")
                | (Q(version__gt=1, supersedes__isnull=False) & ~Q(reason="")),
                name="document_version_follows",
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="document_serial_positive"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """The form's name in the language of the page."""
        return self.title if (get_language() or "zh").startswith("zh") else self.title_en

    @property
    def state(self) -> PaperState:
        """Whether it still says what holds. Reads `revocation` and `superseded_by`: select them."""
        if hasattr(self, "revocation"):
            return PaperState.REVOKED
        return PaperState.SUPERSEDED if hasattr(self, "superseded_by") else PaperState.VALID


class Content(models.Model):
    """What a document says, sealed: the paper as canonical JSON. Erasing empties the row; hashes remain."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="content")
    sealed = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(sealed=""), name="content_erased_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"content of {self.document_id}"


class Rendering(models.Model):
    """The one PDF of a document; `pdf_hash` is the keyed hash of its SHA-256 and outlives the file."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="rendering")
    attachment = models.OneToOneField("files.Attachment", on_delete=models.PROTECT, related_name="+")
    pdf_hash = models.CharField(max_length=64)
    rendered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"PDF of {self.document_id}"


class Revocation(models.Model):
    """A document that was taken back; `reason` is the keyed hash of why."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.PROTECT, related_name="revocation"
    )
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=60)
    reason = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"revocation of {self.document_id}"
