"""The buildings of the viewer's areas."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.search import query_bigrams
from zhicheng.core.words import words
from zhicheng.ground.areas.api import within
from zhicheng.ground.objects.api import Site
from zhicheng.ground.ui.lists import AreaFilter, Column, Empty, RecordList, Text


def visible_sites(actor: Actor) -> QuerySet[Site]:
    """The sites in the areas that the actor is competent for."""
    paths = {path for reach in actor.reaches for path in reach.areas}
    return within(Site.objects.select_related("area", "parent"), paths)


def named(text: str) -> Q:
    """Sites whose name, project or address hold every word."""
    terms = query_bigrams(text)
    return Q(terms__contains=terms) if terms else Q(pk__in=())


SITES: RecordList[Site] = RecordList(
    key="sites",
    title=words("Buildings"),
    rows=visible_sites,
    columns=(
        Column(
            "name", words("Name"), lambda site: site.name, sort="sort_key", title=True,
            link=lambda site: reverse("desk:site", args=[site.id]),
        ),
        Column("project", words("Estate or project"), lambda site: site.parent.name if site.parent else ""),
        Column("kind", words("Kind"), lambda site: site.get_kind_display()),
        Column("area", words("Area"), lambda site: site.area.name),
        Column("address", words("Address"), lambda site: site.address),
    ),
    filters=(Text("q", named), AreaFilter("area", "area")),
    default_sort="name",
    empty=Empty(words("No building yet"), words("Buildings are entered with their estates."), "building"),
)  # fmt: skip
