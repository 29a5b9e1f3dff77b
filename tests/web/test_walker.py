"""Every address, as everybody, with their own records and with those of others: nobody is shown a foreign row.

The addresses come from the URL resolver and the interface's description, so a new one is walked from the day it is
there; one that the walker does not know how to fill or what to send to fails here.
"""

import logging

import pytest
from django.test import Client

from web.walk.addresses import addresses, routes
from web.walk.argument import Unknown
from web.walk.people import City
from web.walk.posts import KNOWN
from web.walk.walker import Walk
from zhicheng.cases import views
from zhicheng.cases.models import Case, CaseQuerySet
from zhicheng.cases.open311.endpoints import api as open311
from zhicheng.config.api import api
from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.api import GRANTABLE

pytestmark = pytest.mark.lengthy

PEOPLE = (
    "t-clerk", "t-officer", "t-leader", "t-company", "s-company", "caller", "city", "market",
    "reporter", "anybody", "system", "security", "audit",
)  # fmt: skip
"""One of each role, in one county; a company of the other, another domain's bureau, and the city's own."""
PROGRAMS = ("t-program", "s-program", "r-program")
NOT_ALLOWED = 405
READ_ONLY = {
    "accounts/second-factor/recovery-codes/download/": "is not there for whoever has no codes",
    "api/v1/": "is not there: it only names the interface",
    "api/v1/openapi.json": "the description",
    "open311/": "is not there: it only names the interface",
    "open311/openapi.json": "the description",
    "desk/system/packs/": "reads every file of every pack before it answers",
}
"""Routes that are not asked whether they take posts, and why."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of refusals are what is expected here."""
    caplog.set_level(logging.CRITICAL, "django.request")
    caplog.set_level(logging.CRITICAL, "axes")


def walker(city: City, name: str) -> Walk:
    """Somebody with a browser, ready to walk."""
    person = city.people[name]
    return Walk(city, person, person.browser())


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_shown_or_does_what_is_not_theirs(browsing: City, name: str) -> None:
    walk = walker(browsing, name)
    faults = list(walk.faults(routes()))
    assert not faults, "\n".join(faults)
    assert walk.seen >= walk.person.words, "the walk did not come by everything that is theirs"


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_key_opens_or_does_what_is_not_its_programs(browsing: City, name: str) -> None:
    walk = walker(browsing, name)
    faults = list(walk.faults([route for route in routes() if route.startswith(("api/", "open311/"))]))
    assert not faults, "\n".join(faults)
    assert walk.seen >= walk.person.cases, "the walk did not come by everything that is theirs"


@pytest.mark.parametrize("name", PROGRAMS[:1])
def test_a_key_opens_no_page(browsing: City, name: str) -> None:
    client = browsing.people[name].browser()
    for address in ("/desk/", "/desk/cases/", "/desk/accounts/", "/desk/me/"):
        assert client.get(address).status_code in (302, 403)


def test_every_role_walks(browsing: City) -> None:
    assert {browsing.people[name].role for name in PEOPLE} == {None, *GRANTABLE}


def test_a_route_that_nobody_told_of_fails(browsing: City) -> None:
    with pytest.raises(Unknown, match="<colour>"):
        addresses("desk/cases/<str:colour>/", browsing)


def test_whatever_takes_something_is_sent_something(browsing: City) -> None:
    """A view that no one at all is told 405 by takes posts: the walker must know what to send."""
    clients = [
        browsing.people[name].browser()
        for name in ("t-officer", "caller", "reporter", "system", "security", "audit")
    ]
    silent = [route for route in routes() if route not in KNOWN and route not in READ_ONLY]
    taking = [route for route in silent if not any(_refuses_posts(client, route, browsing) for client in clients)]
    assert not taking, "add to web.walk.posts.KNOWN what is sent there"


def test_every_operation_of_the_interfaces_is_walked() -> None:
    described = {
        path.removeprefix("/").replace("{", "<").replace("}", ">")
        for interface in (api, open311)
        for path in interface.get_openapi_schema()["paths"]
    }
    assert described <= set(routes())
    assert described >= {"api/v1/cases", "api/v1/cases/<number>/steps"}


def test_a_case_shown_to_strangers_is_found(browsing: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """One view breaks: the case's page asks for no scope."""
    monkeypatch.setattr(views, "get_case", lambda actor, number: Case.objects.get(number=number))
    foreign = browsing.worlds["t"].matters["closed"]
    found = list(walker(browsing, "s-officer").faults(["desk/cases/<str:number>/"]))
    page = f"s-officer: GET /desk/cases/{foreign.case.number}/"
    assert any(line.startswith(f"{page} (200) shows") and foreign.word in line for line in found), found
    assert f"{page} is not theirs, but was answered with 200" in found


def test_rows_of_strangers_are_found_in_lists_and_exports(browsing: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """One queryset breaks: everybody is listed every case."""
    monkeypatch.setattr(CaseQuerySet, "listed_for", lambda self, actor: self)
    found = "\n".join(walker(browsing, "s-officer").faults(["desk/cases/", "api/v1/cases"]))
    foreign = browsing.worlds["t"].matters["received"].word
    for what in (
        "GET /desk/cases/ (200)",
        "do=export-xlsx (200)",
        "do=export-csv (200)",
        "GET /api/v1/cases (200)",
    ):
        assert any(what in line and foreign in line for line in found.splitlines()), found


def test_a_step_taken_by_strangers_is_found(browsing: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """One check breaks: whoever sees a matter may take any step."""
    monkeypatch.setattr(Actor, "roles_on", lambda self, matter: frozenset(Role))
    found = "\n".join(walker(browsing, "city").faults(["api/v1/cases/<number>/steps"]))
    assert "verb=accept" in found
    assert "wrote to" in found


def _refuses_posts(client: Client, route: str, city: City) -> bool:
    return any(client.post(one.path).status_code == NOT_ALLOWED for one in addresses(route, city)[:6])
