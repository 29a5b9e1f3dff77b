"""What quality is about, apart from services: sites and products, and who answers for each."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    """What stands on a site."""

    PROJECT = "project", _("Construction project")
    BUILDING = "building", _("Building")
    SHOP = "shop", _("Shop")
    OTHER = "other", _("Other site")


class Answers(models.TextChoices):
    """As what an organization answers for a site or a product, in the order of a chain."""

    DEVELOPER = "developer", _("Developer")
    DESIGNER = "designer", _("Designer")
    SUPERVISOR = "supervisor", _("Construction supervisor")
    CONTRACTOR = "contractor", _("Contractor")
    SUBCONTRACTOR = "subcontractor", _("Subcontractor")
    MATERIAL_SUPPLIER = "material_supplier", _("Material supplier")
    PROPERTY_MANAGER = "property_manager", _("Property manager")
    SELLER = "seller", _("Seller")
    PRODUCER = "producer", _("Producer")


OF_PRODUCTS = (Answers.SELLER, Answers.PRODUCER)
OF_SITES = tuple(role for role in Answers if role is not Answers.PRODUCER)


class Site(models.Model):
    """A place: a construction project, a building (its parent is the project), a shop.

    `longitude` and `latitude` are degrees (CGCS2000). `sort_key` and `terms` are kept by the services.
    `entry_key` is that of the form by which it was entered.
    """

    kind = models.CharField(max_length=20, choices=SiteKind)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=200, db_collation="C", editable=False)
    terms = ArrayField(models.TextField(), default=list, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    entry_key = models.UUIDField(unique=True, null=True, editable=False)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="site_name"),
            GinIndex(fields=["terms"], name="site_terms"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="site_has_name"),
            models.CheckConstraint(condition=Q(kind__in=SiteKind.values), name="site_kind_known"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="site_location_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A product by name, trademark (商标) and model.

    `standard` is the text on its label, such as GB/T 5749-2022, `industry` a code of GB/T 4754.
    """

    name = models.CharField(max_length=120)
    trademark = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    sort_key = models.CharField(max_length=200, db_collation="C", editable=False)
    producer = models.ForeignKey(
        "parties.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    standard = models.CharField(max_length=120, blank=True)
    industry = models.CharField(max_length=4, blank=True)
    entry_key = models.UUIDField(unique=True, null=True, editable=False)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="product_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="product_has_name"),
            models.UniqueConstraint(
                fields=["producer", "name", "trademark", "model"], name="product_of_producer_once"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.trademark, self.name, self.model) if part)


class Responsibility(models.Model):
    """An organization answers for one site or one product, itself or under another (`answers_to`).

    `scope` says for which work, such as 防水工程. The period is that of the work or the contract: who built
    a house answers for it after `valid_to`.
    """

    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="responsibilities"
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="responsibilities"
    )
    role = models.CharField(max_length=20, choices=Answers)
    organization = models.ForeignKey(
        "parties.Organization", on_delete=models.PROTECT, related_name="responsibilities"
    )
    answers_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    scope = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=False, product__isnull=True, role__in=OF_SITES)
                | Q(site__isnull=True, product__isnull=False, role__in=OF_PRODUCTS),
                name="responsibility_for_one_object",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_period_forward",
            ),
            models.UniqueConstraint(
                fields=["site", "role", "organization", "scope"],
                condition=Q(site__isnull=False, valid_to__isnull=True),
                name="responsibility_for_site_once",
            ),
            models.UniqueConstraint(
                fields=["product", "role", "organization", "scope"],
                condition=Q(product__isnull=False, valid_to__isnull=True),
                name="responsibility_for_product_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.role} {self.scope}".rstrip()
