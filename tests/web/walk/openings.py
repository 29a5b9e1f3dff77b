"""What opens a case or comes from outside: complaints, calls, programs and tables."""

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from integration.cases.importing.earlier_files import HEAD, row
from web.walk.addresses import Address, addresses
from web.walk.argument import Argument
from web.walk.moments import NOW
from web.walk.orders import TABLE
from web.walk.people import City
from web.walk.sending import Post, among, nobody
from zhicheng.core.access import Role


def complaint(route: str, city: City) -> Iterator[Post]:
    """Anybody complains; what comes back is theirs alone."""
    world = city.worlds["t"]
    given = {
        "county": world.place.parent_id, "township": world.place.id, "category": "leak",
        "description": "卫生间顶板持续渗水，墙面发霉。", "request_key": "00000000-0000-4000-8000-0000000000ff",
    }  # fmt: skip
    yield Post(Address.of(route, (Argument("zaozhuang"),)), given, lambda person: True)


def calls(route: str, city: City) -> Iterator[Post]:
    """A call that is answered, and one that is added to a case: the latter only by the hotline that sees it."""
    given = {
        "request_key": "00000000-0000-4000-8000-0000000000fe", "began_at": NOW.isoformat(), "line": "line_12345",
        "description": "问保修期有多久。",
    }  # fmt: skip
    yield Post(Address.of(route), {**given, "do": "answer"}, among(Role.CALLER))
    for world in city.worlds.values():
        one = world.matters["received"]
        sees = lambda person, word=one.word: person.role is Role.CALLER and word in person.cases  # noqa: E731
        yield Post(Address.of(route), {**given, "do": f"add-{one.case.number}"}, sees)


def opened(route: str, city: City) -> Iterator[Post]:
    """A case of one county, by whoever records matters there."""
    given = {
        "category": "leak", "area": city.worlds["t"].place.code,
        "description": "卫生间顶板持续渗水，墙面发霉。",
    }  # fmt: skip
    openers = {"t-clerk", "t-officer", "t-program", "city", "caller"}
    yield Post(Address.of(route), given, lambda person: person.name in openers, json=True)


def requested(route: str, city: City) -> Iterator[Post]:
    """The same by Open311: by programs alone."""
    given = {
        "service_code": "leak", "address_id": city.worlds["t"].place.code,
        "description": "卫生间顶板持续渗水，墙面发霉。",
    }  # fmt: skip
    named = (Argument("zaozhuang"), Argument("json"))
    yield Post(Address.of(route, named), given, lambda person: person.name == "t-program")


def files(route: str, city: City) -> Iterator[Post]:
    """A file for a case that no program opened: nobody adds it."""
    for address in addresses(route, city):
        yield Post(address, {"files": SimpleUploadedFile("x.pdf", b"%PDF-1.4 x", "application/pdf")}, nobody)


def subscribed(route: str, city: City) -> Iterator[Post]:
    """An address of the house's own network: nobody has it told."""
    given = {"url": "https://127.0.0.1/", "events": ["case.step"]}
    yield Post(Address.of(route), given, nobody, json=True)


def report(route: str, city: City) -> Iterator[Post]:
    """Anybody reports a breach, without a name if they like."""
    world = city.worlds["t"]
    given = {
        "county": world.place.parent_id, "township": world.place.id, "category": "unlicensed",
        "kinds": ["market_report"], "description": "沿街店铺无照经营，多次劝说无效。",
        "request_key": "00000000-0000-4000-8000-0000000000fd",
    }  # fmt: skip
    yield Post(Address.of(route, (Argument("zaozhuang"), Argument("goods"))), given, lambda person: True)


def upload_orders(route: str, city: City) -> Iterator[Post]:
    file = SimpleUploadedFile("orders.csv", TABLE.format(number=77).encode(), "text/csv")
    yield Post(Address.of(route), {"file": file}, among(Role.CALLER))


def upload(route: str, city: City) -> Iterator[Post]:
    text = "\n".join(",".join(cells) for cells in (HEAD, row("77")))
    file = SimpleUploadedFile("earlier.csv", text.encode(), "text/csv")
    yield Post(Address.of(route), {"file": file}, among(Role.CLERK, Role.OFFICER))
