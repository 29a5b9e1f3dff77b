"""What packs and the law put into the database: terms, limits, calendar years."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from zhicheng.core.clock import Roll, Unit

PERIOD_FORWARD = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Term(models.Model):
    """A word of a catalogue that records point to by its code: a category, a cause, a ground, a reason.

    `area` is the area whose pack defines the term; null means the whole country. `sample` marks content that
    no source states. A term that is no longer offered keeps naming the old records: it ends, and its code
    is never given to anything else.
    """

    catalogue = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    sample = models.BooleanField(default=False)
    sort = models.IntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code", "area"], nulls_distinct=False, name="term_once"),
            models.CheckConstraint(condition=PERIOD_FORWARD, name="term_period_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue}:{self.code} {self.zh}"

    @property
    def label(self) -> str:
        """The term in the language of the page."""
        return self.zh if (get_language() or "zh").startswith("zh") else self.en

    def is_valid_on(self, day: date) -> bool:
        """Whether the term is offered on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class LimitRow(models.Model):
    """A limit (`core.clock.Limit`) of the law, if `area` is null, or of an area's pack.

    `verified` says that the cited provision was read in its text; `sample`, that no source states the limit.
    """

    key = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.value) for unit in Unit])
    roll = models.CharField(max_length=10, choices=[(roll.value, roll.value) for roll in Roll])
    citation = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "area", "valid_from"], nulls_distinct=False, name="limit_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="limit_amount_positive"),
            models.CheckConstraint(condition=PERIOD_FORWARD, name="limit_period_forward"),
            models.CheckConstraint(
                condition=Q(roll=Roll.NONE.value) | Q(unit=Unit.CALENDAR_DAYS.value),
                name="limit_rolls_calendar_days_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount} {self.unit} {self.valid_from}"


class CalendarYear(models.Model):
    """The holidays and make-up working days of a year, where the library does not know them or is wrong."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    holidays = models.JSONField()
    workdays = models.JSONField()

    def __str__(self) -> str:
        return str(self.year)


class LoadedPack(models.Model):
    """A pack that was applied to this database, and the digest of the files it was applied from.

    The digest is empty where that was not noted.
    """

    name = models.CharField(max_length=60, primary_key=True)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name
