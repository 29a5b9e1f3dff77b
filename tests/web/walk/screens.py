"""Every page of the product as a browser is handed it: each route's, each state's, and what answers a form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.views.defaults import server_error

from web.walk.addresses import addresses, routes
from web.walk.people import City, Person
from web.walk.posts import posts
from web.walk.walker import QUERIES

FETCHED = re.compile(r'data-url="([^"]+)"')
CAST = (
    "t-officer", "t-clerk", "t-leader", "caller", "t-company",
    "reporter", "anybody", "security", "audit", "system",
)  # fmt: skip
"""Who is asked for a page: the first who is shown it counts, and officers see the most."""


@dataclass(frozen=True)
class Screen:
    """A page: what was asked for and by whom, and what came back."""

    route: str
    name: str
    path: str
    person: Person
    status: int
    body: bytes
    figures: dict[str, bytes] = field(default_factory=dict)
    """What the page fetches to draw, by address."""


def list_screens(city: City, language: str) -> Iterator[Screen]:
    """For each route a page with its queries, and what it answers to something sent, and to nothing."""
    people = [city.people[name] for name in CAST]
    for route in routes():
        shown = _first(route, city, people, language)
        if shown is not None:
            yield shown
            for query in QUERIES.get(route, ()):
                yield from _asked(route, "GET", shown.path + query, shown.person, language)
            yield from _asked(route, "POST", shown.path, shown.person, language, data={})
        yield from _answers(route, city, people, language)
    yield from _every_state(city, language)
    yield from _refusals(city, language)


def _first(route: str, city: City, people: list[Person], language: str) -> Screen | None:
    """The first page of a route that one of the cast is shown, their own records before anything else."""
    for address in addresses(route, city):
        for person in people:
            if not address.is_foreign_to(person):
                for screen in _asked(route, "GET", address.path, person, language):
                    if screen.status == 200:
                        return screen
    return None


def _answers(route: str, city: City, people: list[Person], language: str) -> Iterator[Screen]:
    """What the first who may send something is answered with: one page of each status."""
    known: set[int] = set()
    for post in posts(route, city) or ():
        person = next((one for one in people if post.may is None or post.may(one)), None)
        if person is not None and not post.json:
            for screen in _asked(route, "POST", post.address.path, person, language, data=post.data):
                if screen.status not in known:
                    yield screen
                known.add(screen.status)


def _every_state(city: City, language: str) -> Iterator[Screen]:
    """The case's page in each state, as whoever has to act."""
    for name, matter in city.worlds["t"].matters.items():
        for person in (city.people[one] for one in CAST if one in matter.takers):
            if person.user is not None:
                path = f"/desk/cases/{matter.case.number}/"
                yield from _asked(f"case {name}", "GET", path, person, language)


def _refusals(city: City, language: str) -> Iterator[Screen]:
    """Pages of no route."""
    officer = city.people["t-officer"]
    for path in ("/nowhere/", "/desk/accounts/", "/desk/cases/?sort=nonsense", "/desk/cases/?q=nothing"):
        yield from _asked("refused", "GET", path, officer, language)
    yield Screen("refused", "500", "/", officer, 500, server_error(HttpRequest()).content)


def _asked(
    route: str, method: str, path: str, person: Person, language: str, data: dict[str, Any] | None = None
) -> Iterator[Screen]:
    """The page, if one comes back; afterwards everything is as it was."""
    found: list[Screen] = []
    with transaction.atomic():
        client = Client(headers={"accept-language": language})
        client.cookies.update(person.browser().cookies)
        response: Any = client.get(path) if method == "GET" else client.post(path, data)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if body and response.get("Content-Type", "").startswith("text/html"):
            figures = {url: client.get(url).content for url in map(unescape, FETCHED.findall(body.decode()))}
            name = f"{person.name}: {method} {path}"
            found.append(Screen(route, name, path, person, response.status_code, body, figures))
        transaction.set_rollback(True)
    yield from found
