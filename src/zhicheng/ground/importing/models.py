"""What is kept of imports: the file and how far it got, the rows that were refused, the columns as chosen."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q


class ImportMapping(models.Model):
    """The columns that an organization chose for files with this head, used again for the next such file.

    `fingerprint` is of the head (`queries.fingerprint`), `columns` gives the zero-based column by field, `options`
    what else was chosen.
    """

    importer = models.CharField(max_length=20)
    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    options = models.JSONField(default=dict)
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["importer", "organization", "fingerprint"], name="importing_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.importer}"


class ImportRun(models.Model):
    """One file on its way into the records: uploaded, then confirmed, then finished.

    The file lies under `key` until the import is finished or the upload expires. `rows_done` counts the rows
    that are dealt with, written in the transaction that deals with them: an import that was interrupted goes on
    where it stood, and every row counts once. Of those, `imported` entered something, `known` were there already,
    `refused` have their reasons in RefusedRow. `name` and `options` are what its importer asked for.
    """

    key = models.UUIDField(unique=True)
    importer = models.CharField(max_length=20)
    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    head = models.JSONField()
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    rows = models.IntegerField()
    rows_done = models.IntegerField(default=0)
    imported = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "importer", "-uploaded_at"], name="importing_run_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done=F("imported") + F("known") + F("refused"), rows_done__lte=F("rows")),
                name="importing_run_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, rows_done=0)
                | Q(confirmed_at__gte=F("uploaded_at"), name__gt=""),
                name="importing_run_confirmed_first",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("confirmed_at"), rows_done=F("rows")),
                name="importing_run_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.rows_done}/{self.rows}"


class RefusedRow(models.Model):
    """A row that was not imported: its cells as they were, and every reason, for the error file.

    `problems` lists field, value, message (a key of the catalogue) and params. Where rows tell who somebody is,
    the cells are `sealed` instead, as JSON.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refused_rows")
    row = models.IntegerField()
    cells = models.JSONField()
    problems = models.JSONField(encoder=DjangoJSONEncoder)
    sealed = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="importing_refused_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.row}"
