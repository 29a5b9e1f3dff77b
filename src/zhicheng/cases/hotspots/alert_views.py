"""Pages of alerts: the list, and one alert with the answer of the body in charge."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.forms import AlertForm
from zhicheng.cases.hotspots.alerting import acknowledge, may_acknowledge
from zhicheng.cases.hotspots.lists import ALERTS, rows, with_places
from zhicheng.cases.hotspots.models import SUBJECT
from zhicheng.cases.hotspots.queries import list_hot_spots
from zhicheng.cases.navigation import STAFF
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.personal.api import get_texts_by_hash
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

LARGEST_ID = 2**63 - 1


@needs_role(*STAFF)
def alerts(request: ActorRequest) -> HttpResponseBase:
    """Every alert that the viewer may see."""
    return list_view(request, ALERTS)


@never_cache
@needs_role(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: ActorRequest, alert_id: int) -> HttpResponseBase:
    """One alert: what was told, how it stands now, and what is being done; a word that is refused is kept."""
    found = rows(request.actor).filter(pk=min(alert_id, LARGEST_ID)).select_related("acknowledged_by").first()
    if found is None:
        raise Http404
    may, form = may_acknowledge(found, request.actor), AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acknowledge(alert=found.pk, word=form.cleaned_data["word"], by=request.actor, now=clock.now())
        except Refused as refused:
            form.add_error(None, sentence(refused.message, refused.params))
        else:
            messages.success(request, gettext("The alert is answered."))
            return redirect("cases:alert", found.pk)
    [row] = with_places([found], request.actor)
    spots = list_hot_spots(request.actor, clock.now(), found.days)
    spot = next((one for one in spots if (one.category.code, one.key) == (found.code, found.place_key)), None)
    context = {
        "row": row, "form": form if may and found.acknowledged_at is None else None,
        "word": get_texts_by_hash((SUBJECT, found.pk)).get(found.word, ""),
        "spot": spot,
        "crumbs": [
            {"label": gettext("Hot spots"), "url": reverse("cases:hot_spots")},
            {"label": gettext("Alerts of hot spots"), "url": reverse("cases:alerts")},
            {"label": row.title, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "cases/alert.html", context, status=422 if request.method == "POST" else 200)
