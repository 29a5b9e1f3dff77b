"""The staff's front page, search and notices."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.core.access import ADMINISTRATORS, Role
from zhicheng.desk.inbox import INBOX, load_of
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.notes.api import list_unseen
from zhicheng.ground.notices.api import list_notices, mark_read, render_notice
from zhicheng.ground.search.api import find
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.navigation import navigation_for, sees_matters

EVERYBODY = tuple(role for role in Role if role not in (Role.REPORTER, Role.SYSTEM, Role.ASSISTING))
WORKING = tuple(role for role in EVERYBODY if role not in ADMINISTRATORS)
LONGEST_QUERY = 100
MOST_NOTICES = 100


@never_cache
@login_required
def home(request: ActorRequest) -> HttpResponseBase:
    """Where somebody begins who signs in: the inbox, or the first page that their roles open."""
    if not sees_matters(request):
        entries = navigation_for(request)
        return redirect(entries[0].url if entries else settings.PAGES["account"])
    return inbox(request)


@needs_role(*WORKING)
def inbox(request: ActorRequest) -> HttpResponseBase:
    """What the signed-in person has to do."""
    return list_view(
        request,
        INBOX,
        "desk/inbox.html",
        {
            "load": load_of(request.actor),
            "mentions": list_unseen(request.actor),
        },
    )


@never_cache
@needs_role(*WORKING)
@require_safe
def search(request: ActorRequest) -> HttpResponseBase:
    """Everything that the person may see, by number or words."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    found = find(text, request.actor) if text else []
    return render(request, "desk/search.html", {"text": text, "found": found})


@never_cache
@needs_role(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: ActorRequest) -> HttpResponseBase:
    """What the person was told, newest first; posting marks everything as read."""
    if request.method == "POST":
        mark_read(request.user, now=clock.now())
        return redirect("desk:notices")
    told = [(notice, render_notice(notice)) for notice in list_notices(request.user)[:MOST_NOTICES]]
    return render(request, "desk/notices.html", {"told": told})
