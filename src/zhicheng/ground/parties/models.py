"""Organizations: the bodies, departments, companies, laboratories and service points of a city."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organization is. A department is a part of its parent; the others stand for themselves."""

    PUBLIC_BODY = "public_body", _("Public body")
    DEPARTMENT = "department", _("Department")
    COMPANY = "company", _("Company")
    LABORATORY = "laboratory", _("Laboratory")
    SERVICE_POINT = "service_point", _("Service point")
    HOTLINE_CENTRE = "hotline_centre", _("Hotline centre")
    OTHER = "other", _("Other organization")


class Organization(models.Model):
    """One organization, in a tree without cycles (a trigger sees to it).

    Written only by services, which keep `sort_key` and `terms` with the names.
    `key` is its name in a pack. `uscc` is the unified social credit code (统一社会信用代码, GB 32100),
    `industry` a code of GB/T 4754. `longitude` and `latitude` are degrees (CGCS2000, which is WGS 84 to
    within a metre). `entry_key` is that of the form by which it was entered. `simulated` marks an invented
    organization, `sample` content that no source states.
    """

    key = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    sort_key = models.CharField(max_length=200, db_collation="C", editable=False)
    terms = ArrayField(models.TextField(), default=list, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    uscc = models.CharField(max_length=18, unique=True, null=True, blank=True)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    industry = models.CharField(max_length=4, blank=True)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    entry_key = models.UUIDField(unique=True, null=True, editable=False)
    simulated = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "sort_key"], name="organization_kind"),
            models.Index(fields=["sort_key", "id"], name="organization_name"),
            GinIndex(fields=["terms"], name="organization_terms"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_name"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organization_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DEPARTMENT) | Q(parent__isnull=False), name="department_has_parent"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organization_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="organization_location_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
