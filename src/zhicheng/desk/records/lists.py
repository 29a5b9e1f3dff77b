"""Buildings, organizations and products of the viewer's areas, as lists."""

from django.db.models import Q, TextChoices
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.search import query_bigrams
from zhicheng.core.words import words
from zhicheng.desk.records.scope import visible_organizations, visible_products, visible_sites
from zhicheng.ground.objects.api import Product, Site, SiteKind
from zhicheng.ground.parties.api import Kind, Organization
from zhicheng.ground.search.api import matching
from zhicheng.ground.ui.lists import AreaFilter, Choice, Column, Empty, RecordList, Text
from zhicheng.ground.ui.lists import Kind as Shown


def named(text: str) -> Q:
    """Sites whose name, project or address hold every word."""
    terms = query_bigrams(text)
    return Q(terms__contains=terms) if terms else Q(pk__in=())


def organizations_found(text: str) -> Q:
    """Organizations that the search finds, by name, code or address."""
    return Q(pk__in=matching("organization", text))


def products_found(text: str) -> Q:
    """Products that the search finds, by name, trademark, model or producer."""
    return Q(pk__in=matching("product", text))


def _kind(kinds: type[TextChoices]) -> Choice:
    def options(actor: Actor) -> list[tuple[str, str]]:
        return [(str(one.value), str(one.label)) for one in kinds]

    return Choice("kind", words("Kind"), options)


SITES: RecordList[Site] = RecordList(
    key="sites",
    title=words("Buildings"),
    rows=visible_sites,
    columns=(
        Column(
            "name", words("Name or number"), lambda site: site.name, sort="sort_key", title=True,
            link=lambda site: reverse("desk:site", args=[site.id]),
        ),
        Column("project", words("Estate or project"), lambda site: site.parent.name if site.parent else ""),
        Column("kind", words("Kind"), lambda site: site.get_kind_display()),
        Column("area", words("Area"), lambda site: site.area.name),
        Column("address", words("Address"), lambda site: site.address),
    ),
    filters=(Text("q", named), AreaFilter("area", "area"), _kind(SiteKind)),
    default_sort="name",
    empty=Empty(
        words("No building yet"),
        words("Enter an estate: its buildings are entered with it, one a line."),
        "building",
    ),
)  # fmt: skip
ORGANIZATIONS: RecordList[Organization] = RecordList(
    key="organizations",
    title=words("Organizations"),
    rows=visible_organizations,
    columns=(
        Column(
            "name", words("Name of the organization"), lambda one: one.name, sort="sort_key", title=True,
            link=lambda one: reverse("desk:organization", args=[one.id]),
        ),
        Column(
            "uscc", words("Unified social credit code"), lambda one: one.uscc or "", kind=Shown.CODE, sort="uscc"
        ),
        Column("kind", words("Kind"), lambda one: one.get_kind_display()),
        Column("industry", words("Industry code"), lambda one: one.industry, kind=Shown.CODE, sort="industry"),
        Column("area", words("Area"), lambda one: one.area.name, sort="area__code"),
        Column("address", words("Address"), lambda one: one.address),
    ),
    filters=(Text("q", organizations_found), AreaFilter("area", "area"), _kind(Kind)),
    default_sort="name",
    empty=Empty(
        words("No organization yet"),
        words("Enter a company: orders can be addressed to it from then on."),
        "landmark",
    ),
)  # fmt: skip
PRODUCTS: RecordList[Product] = RecordList(
    key="products",
    title=words("Products"),
    rows=visible_products,
    columns=(
        Column(
            "name", words("Name of the product"), lambda one: one.name, sort="sort_key", title=True,
            link=lambda one: reverse("desk:product", args=[one.id]),
        ),
        Column("trademark", words("Trademark"), lambda one: one.trademark, sort="trademark"),
        Column("model", words("Model"), lambda one: one.model, kind=Shown.CODE, sort="model"),
        Column(
            "producer", words("Producer"), lambda one: one.producer.name if one.producer else "",
            sort="producer__sort_key",
        ),
        Column("standard", words("Standard on its label"), lambda one: one.standard),
        Column("industry", words("Industry code"), lambda one: one.industry, kind=Shown.CODE, sort="industry"),
    ),
    filters=(Text("q", products_found), AreaFilter("area", "producer__area", words("Area of the producer"))),
    default_sort="name",
    empty=Empty(
        words("No product yet"),
        words("Enter a product with its producer or the shop that sells it."),
        "package",
    ),
)  # fmt: skip
