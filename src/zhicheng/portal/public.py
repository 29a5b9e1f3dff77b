"""The first screens: what can I do here, in six words a tile."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhicheng.core.typed import read_id
from zhicheng.ground.areas.api import Area, list_children, list_cities
from zhicheng.portal.cities import get_city
from zhicheng.portal.doors import DOORS, HOME
from zhicheng.runtime.services import HEALTHY


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The cities of this installation; a single one is shown at once."""
    cities = list_cities()
    if len(cities) == 1:
        return redirect("portal:city", cities[0].slug)
    return render(request, "portal/home.html", {"cities": cities})


@require_safe
def city_home(request: HttpRequest, city: str) -> HttpResponse:
    """What a citizen can do in one city."""
    return render(request, "portal/city.html", {"city": get_city(request, city), "home": HOME, "doors": DOORS[1:]})


@require_safe
def area_children(request: HttpRequest) -> JsonResponse:
    """The areas directly below `?parent=`: public knowledge, for the cascade of selects."""
    parent = Area.objects.filter(id=read_id(request.GET.get("parent", "")) or 0).first()
    children = list_children(parent) if parent else []
    return JsonResponse([{"id": area.id, "name": area.name} for area in children], safe=False)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches its database: for the supervisor and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(HEALTHY, content_type="text/plain")
