"""Whoever tries too often within an hour is asked to wait; what they typed stays where it was."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhicheng.ground import clock

TOO_MANY_REQUESTS = 429


def held_back(request: HttpRequest, template: str, context: dict[str, Any], until: datetime) -> HttpResponse:
    """The same page with what was typed, why nothing was done, and from when on it can be sent again."""
    shown = {**context, "held": f"{timezone.localtime(until):%H:%M}"}
    response = render(request, template, shown, status=TOO_MANY_REQUESTS)
    response["Retry-After"] = str(max(1, round((until - clock.now()).total_seconds())))
    return response
