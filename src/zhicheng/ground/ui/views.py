"""Small views that every page may use: the size of the text, and suggestions while typing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.ui.lists.filters import LONGEST_TEXT
from zhicheng.ground.ui.organizations import GROUPS, suggested, with_places

ONE_YEAR_S = 365 * 24 * 3600


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keeps the size of the text, large or normal, in a cookie, and goes back to `next`."""
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        there = "/"
    response = HttpResponseRedirect(there)
    size = "large" if request.POST.get("size") == "large" else "normal"
    response.set_cookie(
        "text", size, max_age=ONE_YEAR_S, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@require_GET
@login_required
@never_cache
def suggest_organizations(request: ActorRequest, group: str) -> JsonResponse:
    """Organizations whose names hold the words of `?q=`, as `[{id, label, note}]`; those of one's city first."""
    if group not in GROUPS:
        raise Http404
    text = request.GET.get("q", "")[:LONGEST_TEXT].replace("\x00", "")
    found = with_places(suggested(text, group, near=request.actor.areas))
    answer = [{"id": one.pk, "label": one.name, "note": place} for one, place in found]
    return JsonResponse(answer, safe=False, json_dumps_params={"ensure_ascii": False})
