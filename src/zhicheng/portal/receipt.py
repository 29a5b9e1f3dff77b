"""The page that answers a complaint: the same for all but four values, so laid out once and filled.

Laying it out takes longer than recording the complaint; many complaints come at once when a building fails.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_TOKEN_LENGTH, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from zhicheng.cases.api import Receipt
from zhicheng.ground.areas.api import City
from zhicheng.ground.kept import keep
from zhicheng.portal.doors import Door

TEMPLATE = "portal/received.html"
_BLANK = re.compile("zcblank(title|number|secret|token)zc")
_TOKEN = re.compile(rf"\b[A-Za-z0-9]{{{CSRF_TOKEN_LENGTH}}}\b")


def receipt_page(request: HttpRequest, city: City, door: Door, receipt: Receipt) -> HttpResponse:
    """Number and secret, with what happens next. Whoever is signed in gets a page with their own navigation."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.META.get("QUERY_STRING"):
        return render(request, TEMPLATE, {"city": city, "door": door, "receipt": receipt}, status=201)
    values = {
        "title": escape(receipt.case.title),
        "number": escape(receipt.case.number),
        "secret": escape(receipt.secret),
        "token": get_token(request),
    }
    large = request.COOKIES.get("text") == "large"
    looks = ("receipt", city.slug, door.slug, door.received, get_language(), large)
    page = keep(looks, lambda: _laid_out(request, city, door))
    return HttpResponse(_BLANK.sub(lambda blank: values[blank[1]], page), status=201)


def _laid_out(request: HttpRequest, city: City, door: Door) -> str:
    """The page with blanks where a person's values belong, the token against forgery in every form among them."""
    case = {"title": "zcblanktitlezc", "number": "zcblanknumberzc"}
    context = {"city": city, "door": door, "receipt": {"case": case, "secret": "zcblanksecretzc"}}
    return _TOKEN.sub("zcblanktokenzc", render_to_string(TEMPLATE, context, request))
