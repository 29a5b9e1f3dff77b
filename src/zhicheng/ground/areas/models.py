"""Areas, what became of them, and their outlines."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhicheng.core.codes import Level
from zhicheng.ground.areas.kinds import AreaKind


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas, by validity."""

    def valid_on(self, day: date) -> "AreaQuerySet":
        """Those that exist on that day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
        )


AreaManager = models.Manager.from_queryset(AreaQuerySet)


class Area(models.Model):
    """A province, city, county, township or village for as long as its name, code and parent last.

    The code is a name and not the identity: 370406 was 齐村区 until 1982, and is 山亭区 since 1983. `path`
    holds the ids from the province down to the area itself ("/1/14/203/"), so that everything inside an area
    is a prefix match. The database refuses a path or level that does not follow from the parent, and any
    move: an area that changes its parent ends, and a successor begins (see the migration).
    """

    code = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in AreaKind])
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day.")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    statistical_only = models.BooleanField(
        default=False, help_text="Coded for statistics, but not an administrative division."
    )

    objects: ClassVar[models.Manager["Area"]] = AreaManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "level", "valid_from"], name="area_code_once"),
            models.UniqueConstraint(fields=["path"], opclasses=["text_pattern_ops"], name="area_path_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12}$"), name="area_code_digits"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="area_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE.value, parent__isnull=True)
                | Q(level__range=(Level.CITY.value, Level.VILLAGE.value), parent__isnull=False),
                name="area_below_province_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    def is_valid_on(self, day: date) -> bool:
        """Whether the area exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def ancestor_ids(self) -> list[int]:
        """The ids of the areas above, the province first."""
        return [int(part) for part in self.path.strip("/").split("/")[:-1]]


class SuccessionKind(StrEnum):
    """What happened to an area when its successor began."""

    RENAMED = "renamed"
    RECODED = "recoded"
    MERGED = "merged"
    SPLIT = "split"


class Succession(models.Model):
    """From the day `on`, `successor` stands for `predecessor` or for a part of it."""

    predecessor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in SuccessionKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another_area"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} {self.kind} {self.on}"


class Boundary(models.Model):
    """The outline of an area as GeoJSON (EPSG:4490), for maps and never as proof of a border."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    vintage = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return f"{self.area_id} ({self.source})"
