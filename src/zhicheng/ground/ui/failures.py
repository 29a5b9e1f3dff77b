"""What is answered when a request could not be finished."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from zhicheng.ground.database.away import RETRY_AFTER_S, is_away


def failed(request: HttpRequest) -> HttpResponse:
    """The page of a fault; if the database cannot be reached, one that asks to wait a moment. Asks no database."""
    if not is_away(sys.exc_info()[1]):
        return server_error(request)
    headers = {"Retry-After": str(RETRY_AFTER_S), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
