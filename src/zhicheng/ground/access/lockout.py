"""What somebody sees who gave a wrong password too often."""

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhicheng.ground import clock

TOO_MANY_REQUESTS = 429


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The page that says when to try again; every further try begins the waiting time anew."""
    wait = get_cool_off(request)
    until = clock.now() + wait if wait else None
    context = {
        "minutes": round(wait.total_seconds() / 60) if wait else None,
        "until": f"{timezone.localtime(until):%H:%M}" if until else "",
    }
    return render(request, "account/locked_out.html", context, status=TOO_MANY_REQUESTS)
