"""Which category a citizen's words may belong to: suggested, never chosen, and only where the words say enough.

What is sent here is read and forgotten: nothing of it is kept.
"""

from collections.abc import Collection

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhicheng.cases.api import suggest_categories_for
from zhicheng.ground import clock
from zhicheng.ground.areas.api import City
from zhicheng.ground.packs.api import Term
from zhicheng.portal.cities import get_city
from zhicheng.portal.doors import get_door
from zhicheng.portal.forms import ComplaintForm

SHORTEST, LONGEST = 6, 4_000


@never_cache
@require_POST
def suggest(request: HttpRequest, city: str, about: str = "") -> JsonResponse:
    """Up to three categories of a door for `description`, the likeliest first; none where it is not clear."""
    here, door = get_city(request, city), get_door(about)
    if door is None:
        raise Http404
    offered = ComplaintForm(city=here, door=door, today=clock.today()).terms
    found = suggested_terms(request.POST.get("description", ""), here, offered)
    return JsonResponse([{"code": term.code, "label": term.label} for term in found], safe=False)


def suggested_terms(text: str, city: City, offered: Collection[str]) -> list[Term]:
    """Those of the suggested categories that are offered."""
    said = text.replace("\x00", "").strip()[:LONGEST]
    if len(said) < SHORTEST:
        return []
    return [
        one.term for one in suggest_categories_for(said, city.area.path).categories if one.term.code in offered
    ]
