"""Asks for lists and pages as people of every role, and for the same rows in a bare view."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from zhicheng.cases.lists import CASES, RECORDED
from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.demo.people import FACE
from zhicheng.desk.accounts.lists import ACCOUNTS
from zhicheng.desk.audit.lists import ENTRIES
from zhicheng.desk.inbox import INBOX
from zhicheng.desk.records.lists import SITES
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.lists import RecordList
from zhicheng.ground.ui.lists.paging import Place, read_page
from zhicheng.ground.ui.lists.reading import read_list

COUNTY, CITY = "officer", "zaozhuang-housing-officer"
PEOPLE = {
    "clerk": "clerk", "officer": COUNTY, "leader": "leader", "caller": "caller", "city officer": CITY,
    "township clerk": "township", "officer without matters": "market", "large company": "company-000",
    "company": "company-100", "company with few": "rare", "company without": "quiet",
    "security administrator": "secadmin", "auditor": "auditor",
}  # fmt: skip
"""The people asked as, by what they are; the unnamed bureau is that of FACE."""
STAFF = ("clerk", "officer", "leader", "caller", "city officer", "township clerk", "officer without matters")
COMPANIES = ("large company", "company", "company with few", "company without")
BARE = Template(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@dataclass(frozen=True)
class Asked:
    """One list at one address, by whom."""

    spec: RecordList[Any]
    path: str
    people: tuple[str, ...]
    queries: tuple[str, ...] = ("",)


@dataclass
class Times:
    """Milliseconds of one page."""

    taken: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.taken)

    @property
    def high(self) -> float:
        """The 95th percentile: of fifteen, the second highest."""
        return sorted(self.taken)[max(0, round(len(self.taken) * 0.95) - 1)]


def lists() -> tuple[Asked, ...]:
    """Every list, with filters that leave much and little, and every order that it offers."""
    narrow = ("?category=railing&received_from=2026-10-01", "?state=housing_quality:promised", "?overdue=1",
              "?q=栏杆松动", "?received_to=2025-01-31")  # fmt: skip
    return (
        Asked(CASES, "/desk/cases/", (*STAFF, *COMPANIES), (*_orders(CASES), *narrow)),
        Asked(RECORDED, "/desk/cases/historical/", STAFF, _orders(RECORDED)),
        Asked(INBOX, "/desk/", (*STAFF, *COMPANIES), (*_orders(INBOX), "?kind=housing_quality&overdue=1")),
        Asked(SITES, "/desk/sites/", STAFF, (*_orders(SITES), "?q=东湖一号")),
        Asked(ACCOUNTS, "/desk/accounts/", ("security administrator",), (*_orders(ACCOUNTS), "?role=leader")),
        Asked(ENTRIES, "/desk/ledger/", ("auditor",),
              (*_orders(ENTRIES), "?act=dismiss", "?by=clerk", "?kind=user", "?at_to=2025-02-28&act=call")),
    )  # fmt: skip


def print_lists(times: int, only: str) -> None:
    """A line for each list, person and address."""
    heads = f"{'list':9} {'by':24} {'address':44} {'rows':>4} {'st.':>3}"
    print(f"{heads} {'p50':>7} {'p95':>7} {'bare':>6} {'ratio':>6}")
    for asked in lists():
        for who in asked.people:
            user = User.objects.get(username=PEOPLE[who])
            for query in (*asked.queries, LAST):
                if only in f"{asked.spec.key} {who} {query}":
                    _print_line(asked, who, user, query, times)


LAST = "the last page"


def _print_line(asked: Asked, who: str, user: User, query: str, times: int) -> None:
    actor = actor_for(user, clock.today())
    address = _last_page(asked.spec, actor) if query == LAST else query
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    keys, sort = _rows_at(asked.spec, actor, address)
    bare = _bare_view(asked.spec, actor, keys, sort)
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as captured:
        _get(client, asked.path + address)
        statements = len(captured)
    own, peer = Times(), Times()
    for _ in range(times):
        own.taken.append(_took(lambda: _get(client, asked.path + address)))
        peer.taken.append(_took(lambda: bare(request)))
    print(f"{asked.spec.key:9} {who:24} {query[:44]:44} {len(keys):4} {statements:3} {own.median:7.1f} "
          f"{own.high:7.1f} {peer.median:6.1f} {own.median / peer.median:6.1f}", flush=True)  # fmt: skip


def print_pages(times: int, only: str) -> None:
    """A line for each page that is no list."""
    print(f"{'page':79} {'st.':>3} {'p50':>7} {'p95':>7}")
    for who in ("officer", "city officer", "caller", "officer without matters", "large company", "company"):
        user = User.objects.get(username=PEOPLE[who])
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        for path in _pages_of(who, actor_for(user, clock.today())):
            if only not in f"{path} {who}":
                continue
            with CaptureQueriesContext(connection) as captured:
                _get(client, path)
                statements = len(captured)
            own = Times(_times(client, path, times))
            print(f"{who:24} {path[:54]:54} {statements:3} {own.median:7.1f} {own.high:7.1f}", flush=True)


def _pages_of(who: str, actor: Actor) -> Iterator[str]:
    yield from ("/desk/search/?q=空鼓", "/desk/search/?q=阳台栏杆", "/desk/notices/", "/api/v1/cases")
    case = Case.objects.listed_for(actor).filter(historical=False).order_by("-received_at").first()
    if case is not None:
        yield f"/desk/search/?q={case.number[-8:]}"
        yield f"/desk/cases/{case.number}/"
        yield f"/api/v1/cases/{case.number}"
    if who in STAFF:
        yield from ("/desk/cases/frequent/", "/desk/cases/by-place/", "/desk/cases/by-place/map.json")
        yield from ("/desk/cases/import/",) if "officer" in who else ()
        yield f"/desk/organizations/{Organization.objects.get(key=FACE).pk}/"
        yield f"/desk/organizations/{User.objects.get(username='company-000').organization_id}/"
        if case is not None and case.site_id:
            yield f"/desk/sites/{case.site_id}/"


def _orders(spec: RecordList[Any]) -> tuple[str, ...]:
    keys = [sign + key for key in spec.sorts for sign in ("", "-")]
    return ("", *(f"?sort={key}" for key in keys if key != spec.default_sort))


def _last_page(spec: RecordList[Any], actor: Actor) -> str:
    """The address of the page on which the list ends: after the row that is fiftieth from the end."""
    backward = "" if spec.default_sort.startswith("-") else "-"
    turned = read_list(spec, actor, {"sort": backward + spec.default_sort.removeprefix("-")})
    reading = read_list(spec, actor, {})
    page = read_page(turned.rows, turned.sort, Place(), reading.scope, spec.page_size)
    return f"?after={page.next}" if page.next else ""


def _rows_at(spec: RecordList[Any], actor: Actor, address: str) -> tuple[list[int], Any]:
    params = QueryDict(address.removeprefix("?")).dict()
    reading = read_list(spec, actor, params)
    page = read_page(reading.rows, reading.sort, reading.place(params), reading.scope, spec.page_size)
    return [row.pk for row in page.records], reading.sort


def _bare_view(
    spec: RecordList[Any], actor: Actor, keys: list[int], sort: Any
) -> Callable[[HttpRequest], HttpResponse]:
    rows = spec.rows(actor)
    names = [one.attname for one in rows.model._meta.concrete_fields][: len(spec.columns)]
    related = list(rows.query.select_related) if isinstance(rows.query.select_related, dict) else []

    def view(request: HttpRequest) -> HttpResponse:
        found = rows.model._default_manager.select_related(*related)
        if keys:
            found = sort.apply(found.filter(pk__in=keys))[: spec.page_size + 1]
            cells = [[getattr(row, name) for name in names] for row in found]
        else:
            cells = [[row.pk] for row in found.filter(pk=0)]
        return HttpResponse(BARE.render(Context({"rows": cells})))

    return view


def _get(client: Client, path: str) -> HttpResponse:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return answer  # type: ignore[return-value]


def _times(client: Client, path: str, times: int) -> list[float]:
    return [_took(lambda: _get(client, path)) for _ in range(times)]


def _took(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
