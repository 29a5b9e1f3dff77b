"""Visits every address as somebody, and says whatever is wrong with what comes back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

from web.walk.addresses import Address, addresses
from web.walk.bodies import read_body
from web.walk.matters import SEARCHED
from web.walk.people import City, Person
from web.walk.posts import posts
from web.walk.sending import Post

QUERIES = {
    "desk/": ("?overdue=1",),
    "desk/search/": (f"?q={SEARCHED}", "?q=zq", "?q=阳光花园", "?q=防水卷材", "?q=晨曦置业"),
    "desk/cases/": (
        f"?q={SEARCHED}",
        "?sort=received",
        "?overdue=1",
        "?state=housing_quality:received",
        "?area=950811",
    ),
    "desk/cases/historical/": (f"?q={SEARCHED}",),
    "desk/cases/frequent/": ("?month=2026-11", "?month=never", "?area=950811"),
    "desk/cases/by-place/": ("?month=2026-11", "?month=never"),
    "desk/cases/by-place/map.json": ("?month=2026-11",),
    "desk/cases/hot-spots/": ("?days=90", "?days=never"),
    "desk/sites/": ("?q=阳光花园", "?kind=building"),
    "desk/sites/new/": ("?of=1", "?of=x"),
    "desk/organizations/": ("?q=晨曦", "?sort=-uscc", "?kind=company"),
    "desk/products/": ("?q=防水卷材", "?sort=producer"),
    "desk/records/suggest/<str:kind>": ("?q=阳光花园", "?q=街道"),
    "ui/suggest/<str:group>": ("?q=晨曦",),
    "places/children/": ("?parent=950811",),
    "<slug:city>/sites/": ("?q=阳光花园",),
    "open311/<city>/v2/requests.<form>": ("?status=open", "?start_date=never"),
    "api/v1/cases": ("?limit=100", "?after=999999999999999999999"),
}
"""Addresses that say more when they are asked something."""
PUBLIC_SITES = "<slug:city>/sites/"
LOGIN = "/accounts/login/"
UNWRITTEN = ("django_session", "axes_", "account_", "visitors_", "interface_key")
"""Tables that every request may write to: who is signed in, who tried what, when a key was used."""


@dataclass(frozen=True)
class Walk:
    """One person's walk through the city."""

    city: City
    person: Person
    client: Client
    seen: set[str] = field(default_factory=set)
    """The words that the person was shown so far."""

    def faults(self, routes: list[str]) -> Iterator[str]:
        """Everything that is wrong, in words: an address, and what was found there."""
        for route in routes:
            for address in addresses(route, self.city):
                for query in ("", *QUERIES.get(route, ())):
                    yield from self._look(address, query)
            for post in posts(route, self.city) or ():
                yield from self._send(post)

    def _look(self, address: Address, query: str) -> Iterator[str]:
        response, written = self._ask("GET", address.path + query)
        yield from self._seen(f"GET {address.path}{query}", address, response)
        if written:
            yield f"{self.person.name}: GET {address.path}{query} wrote to {written}"

    def _send(self, post: Post) -> Iterator[str]:
        data = (
            {"data": json.dumps(post.data), "content_type": "application/json"}
            if post.json
            else {"data": post.data}
        )
        response, written = self._ask("POST", post.address.path, **data)
        what = f"POST {post.address.path} {_shortened(post.data)}"
        yield from self._seen(what, post.address, response)
        if post.may is None:
            return
        may = post.may(self.person)
        if may and not written:
            yield f"{self.person.name}: {what} should have been done, but was answered with {_told(response)}"
        if written and not may:
            yield f"{self.person.name}: {what} was answered with {_told(response)} and wrote to {written}"

    def _seen(self, what: str, address: Address, response: Any) -> Iterator[str]:
        if isinstance(response, Exception):
            yield f"{self.person.name}: {what} raised {response!r}"
            return
        body = read_body(response)
        shown = {word for word in self.city.words if word in body}
        self.seen.update(shown)
        if leaked := sorted(shown - self._allowed(address)):
            yield f"{self.person.name}: {what} ({response.status_code}) shows {', '.join(leaked)}"
        if response.status_code >= 500:
            yield f"{self.person.name}: {what} was answered with {response.status_code}"
        if address.is_foreign_to(self.person) and not _refused(response):
            yield f"{self.person.name}: {what} is not theirs, but was answered with {response.status_code}"

    def _allowed(self, address: Address) -> frozenset[str]:
        public = (
            {world.site_word for world in self.city.worlds.values()} if address.route == PUBLIC_SITES else set()
        )
        return self.person.words | address.opens | public

    def _ask(self, method: str, path: str, **data: Any) -> tuple[Any, list[str]]:
        """The response, and the tables that were written to; afterwards everything is as it was."""
        client = Client(headers=self.person.headers)
        client.cookies.update(self.client.cookies)
        before = _writes()
        with transaction.atomic():
            try:
                with transaction.atomic():
                    response: Any = client.generic(method, path) if method == "GET" else client.post(path, **data)
                written = sorted(table for table, times in _writes().items() if times != before.get(table))
            except Exception as error:
                response, written = error, []
            transaction.set_rollback(True)
        return response, written


def _writes() -> dict[str, int]:
    """How often each table was written to since the transaction began, also by what was rolled back since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: times for table, times in cursor.fetchall() if not table.startswith(UNWRITTEN)}


def _refused(response: Any) -> bool:
    if response.status_code in (301, 302):
        return bool(response["Location"].startswith(LOGIN))
    return response.status_code in (401, 403, 404, 405)


def _told(response: Any) -> str:
    if isinstance(response, Exception):
        return repr(response)
    place = response.headers.get("Location", "")
    return f"{response.status_code} {place}".strip()


def _shortened(data: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in data.items())[:80]
