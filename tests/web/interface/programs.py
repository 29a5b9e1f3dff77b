"""Programs with keys, and how they speak to the interface."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from web.walk.moments import NOW
from web.walk.people import City
from web.walk.worlds import HOUSE, SINCE
from zhicheng.core.access import Role
from zhicheng.ground.access.api import User, grant_role, open_account
from zhicheng.ground.interface.api import Issued, Scope, issue_key
from zhicheng.ground.parties.api import Organization

EVERYTHING = tuple(Scope)


def program(
    body: Organization, *roles: Role, name: str = "program", scopes: tuple[Scope, ...] = EVERYTHING,
    now: datetime = NOW, lasts: timedelta = timedelta(days=30),
) -> tuple[User, Issued]:  # fmt: skip
    """A program's account with roles in a body, and its key."""
    user = open_account(username=name, name=name, organization=body, by=HOUSE, now=now, is_program=True)
    for role in roles:
        grant_role(user=user, role=role, organization=body, valid_from=SINCE, by=HOUSE, now=now)
    return user, issue_key(user=user, name=name, scopes=scopes, expires_at=now + lasts, by=HOUSE, now=now)


def speaking(text: str, language: str = "en") -> Client:
    """A client that shows this key; it has no cookies and, like every program, no token against forgery."""
    return Client(
        enforce_csrf_checks=True, headers={"accept-language": language, "authorization": f"Bearer {text}"}
    )


def of_county(city: City, key: str, *roles: Role, **settings: Any) -> Client:
    """A client of a program that works for a county's body."""
    return speaking(program(city.worlds[key].body, *roles, name=f"{key}-other", **settings)[1].text)
