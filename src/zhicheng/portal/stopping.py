"""Stopping notices by the link that stands under them: no account, no secret, and as easily begun again."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.notices.api import TOPICS, RecipientKind, Stoppable, is_wanted, read_code, want
from zhicheng.ground.ui.templatetags.house import words_of

AGAIN = "again"


@csrf_exempt  # The code is the authority, and a mail program stops by a single request (RFC 8058).
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Says what the link stops; posting stops it, or begins it again. Looking changes nothing: scanners look."""
    what = read_code(code)
    if what is None:
        raise Http404
    if request.method == "POST":
        with suppress(Refused):  # whoever was told is gone meanwhile, and the page says so
            want(what=what, wanted=AGAIN in request.POST, now=clock.now())
        return redirect("portal:stop", code)
    context = {
        "wanted": is_wanted(what),
        "of_person": what.kind == RecipientKind.CONTACT,
        "topic": _topic(what),
    }
    return render(request, "portal/stop.html", context)


def _topic(what: Stoppable) -> str:
    return words_of(TOPICS[what.topic]) if what.topic else gettext("How your matter goes on")
