"""The city that an address of the portal names."""

from django.http import Http404, HttpRequest

from zhicheng.ground.areas.api import City, find_city


def get_city(request: HttpRequest, slug: str) -> City:
    """The city called `slug`, whose name the page's head then carries; raises Http404."""
    city = find_city(slug)
    if city is None:
        raise Http404
    request.city_name = city.name  # type: ignore[attr-defined]
    return city
