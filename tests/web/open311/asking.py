"""How the tests ask, and what they post."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from django.test import Client

from web.interface.programs import program, speaking
from web.walk.people import City
from zhicheng.core.access import Role
from zhicheng.ground.interface.api import Scope

BASE = "/open311/zaozhuang/v2"
BOTH = (Scope.READ, Scope.WRITE)


def hotlines(city: City, *scopes: Scope, name: str = "app") -> tuple[Client, str]:
    """A client of a program of the city's hotline, and its key, which reads and writes unless said otherwise."""
    body, lasts = city.worlds["t"].caller.organization, timedelta(days=200)
    text = program(body, Role.CALLER, name=name, scopes=scopes or BOTH, lasts=lasts)[1].text
    return speaking(text), text


def request(city: City, **changes: Any) -> dict[str, Any]:
    """What an app posts."""
    given = {
        "service_code": "leak", "address_id": city.worlds["t"].place.code,
        "description": "卫生间顶板渗水，墙面发霉。", "first_name": "芳", "last_name": "王", "phone": "13900000001",
        **changes,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def xml(answer: Any) -> Element:
    """The root element of an answer."""
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return fromstring(answer.content)
