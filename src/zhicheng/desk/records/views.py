"""Pages of buildings and organizations."""

from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.core.access import Domain, Role
from zhicheng.desk.records.lists import SITES, visible_sites
from zhicheng.ground import clock
from zhicheng.ground.access.api import DOMAINS, ActorRequest, Jurisdiction, needs_role
from zhicheng.ground.areas.api import area_label
from zhicheng.ground.objects.api import flat, list_parts, list_responsibilities_of, responsibility_chain
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.panels import panels_for

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
MOST_ROWS = 50


@needs_role(*STAFF)
def sites(request: ActorRequest) -> HttpResponseBase:
    """The buildings of the viewer's areas."""
    return list_view(request, SITES)


@needs_role(*STAFF)
@require_safe
def site(request: ActorRequest, site_id: int) -> HttpResponseBase:
    """A building or project: who answers for it, its parts, and what features know of it."""
    found = visible_sites(request.actor).filter(id=site_id).first()
    if found is None:
        raise Http404
    crumbs = [{"label": gettext("Buildings"), "url": reverse("desk:sites")}]
    if found.parent:
        crumbs.append({"label": found.parent.name, "url": reverse("desk:site", args=[found.parent.id])})
    context = {
        "site": found,
        "place": area_label(found.area),
        "chain": flat(responsibility_chain(found, on=clock.today())),
        "parts": list_parts(found)[:MOST_ROWS],
        "panels": panels_for(("site", found.id), request.actor),
        "crumbs": [*crumbs, {"label": found.name, "url": ""}],
    }
    return render(request, "desk/site.html", context)


@needs_role(*STAFF)
@require_safe
def organization(request: ActorRequest, organization_id: int) -> HttpResponseBase:
    """An organization: who it is, what it is competent or answers for, and what features know of it."""
    found = get_object_or_404(Organization.objects.select_related("area", "parent"), id=organization_id)
    inside = visible_sites(request.actor).values("id")
    answers = list_responsibilities_of(found.id).filter(Q(site__isnull=True) | Q(site__in=inside))[:MOST_ROWS]
    competences = Jurisdiction.objects.filter(organization=found, valid_to__isnull=True).select_related("area")
    context = {
        "organization": found,
        "place": area_label(found.area),
        "answers": answers,
        "competences": [(one.area.name, gettext(DOMAINS[Domain(one.domain)])) for one in competences],
        "panels": panels_for(("organization", found.id), request.actor),
    }
    return render(request, "desk/organization.html", context)
