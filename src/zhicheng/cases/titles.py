"""What a case is called where nobody gave it a title: its category, and where it is."""

from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term

LONGEST_TITLE = 120


def title_of(category: Term | None, site: Site | None, area: Area) -> str:
    """Category and estate, or category and area: nothing that a person wrote.

    Titles stand in lists, exports and search, unsealed; what somebody types for an estate may be their address.
    """
    where = area.name if site is None else f"{site.parent.name} {site.name}" if site.parent else site.name
    return " · ".join(filter(None, (category.zh if category else "", where)))[:LONGEST_TITLE]
