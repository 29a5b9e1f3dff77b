"""What is sent to enter companies, buildings and products, and who has it done."""

from collections.abc import Callable, Iterator
from typing import Any

from web.walk.addresses import Address, addresses
from web.walk.arguments import MARKET, entering
from web.walk.people import City
from web.walk.sending import Make, Post
from web.walk.worlds import World
from zhicheng.desk.records.correction_forms import state_of
from zhicheng.ground.objects.api import Product, Site
from zhicheng.ground.parties.api import Organization

KEY = "00000000-0000-4000-8000-0000000000fc"


def _entered(market: frozenset[str], **data: Any) -> Make:
    """A record of the first county, by the people of a body there that handles it."""

    def make(route: str, city: City) -> Iterator[Post]:
        world = city.worlds["t"]
        place = {"area": world.place.id, "area_text": world.place.name}
        maker = {"producer": world.company.name, "producer_id": world.company.id}
        own = entering("t", market)
        given = {"request_key": KEY, **place, **maker, **data}
        yield Post(Address.of(route), given, lambda person: person.name in own)

    return make


def _answering(role: str) -> Make:
    """Of each world: its company answers in another role too, said by whoever may."""

    def make(route: str, city: City) -> Iterator[Post]:
        for address in addresses(route, city):
            word = address.arguments[0].word
            world = next(one for one in city.worlds.values() if word in (one.site_word, one.product_word))
            given = {"role": role, "organization": world.company.name, "organization_id": world.company.id}
            yield Post(address, given, address.arguments[0].theirs)

    return make


def _corrections(route: str, city: City) -> Iterator[Post]:
    """Of each world's company its address, by whoever enters companies there."""
    for address in addresses(route, city):
        found = Organization.objects.select_related("area").get(id=address.arguments[0].value)
        given = {
            "request_key": KEY, "name": found.name, "kind": found.kind, "area": found.area_id,
            "area_text": found.area.name, "address": "解放路1号", "reason": "licence of November",
            "seen": state_of(found),
        }  # fmt: skip
        yield Post(address, given, address.arguments[0].theirs)


def _site_corrections(route: str, city: City) -> Iterator[Post]:
    """Of each world's building its address, by whoever enters buildings there."""
    for address in addresses(route, city):
        found = Site.objects.select_related("area", "parent").get(id=address.arguments[0].value)
        assert found.parent is not None
        given = {
            "request_key": KEY, "name": found.name, "area": found.area_id, "area_text": found.area.name,
            "parent": found.parent_id, "parent_text": found.parent.name, "address": "解放路1号",
            "reason": "plan of November", "seen": state_of(found),
        }  # fmt: skip
        yield Post(address, given, address.arguments[0].theirs)


def _product_corrections(route: str, city: City) -> Iterator[Post]:
    """Of each world's product its model, by whoever enters products there."""
    for address in addresses(route, city):
        found = Product.objects.get(id=address.arguments[0].value)
        given = {
            "request_key": KEY, "name": found.name, "model": "350型", "reason": "label of November",
            "seen": state_of(found),
        }  # fmt: skip
        yield Post(address, given, address.arguments[0].theirs)


RECORDS: dict[str, Make] = {
    "desk/sites/new/": _entered(frozenset(), kind="project", name="新苑小区", buildings="1号楼"),
    "desk/sites/<int:site_id>/answers/": _answering("contractor"),
    "desk/organizations/new/": _entered(MARKET, kind="company", name="新苑置业有限公司（模拟）"),
    "desk/organizations/<int:organization_id>/revise/": _corrections,
    "desk/sites/<int:site_id>/revise/": _site_corrections,
    "desk/products/<int:product_id>/revise/": _product_corrections,
    "desk/products/new/": _entered(MARKET, name="止水带"),
    "desk/products/<int:product_id>/answers/": _answering("seller"),
}
"""By route: entering and correcting records."""


def _sent(market: frozenset[str], content: Callable[[World], dict[str, Any]]) -> Make:
    """The same over HTTP, by programs too."""

    def make(route: str, city: City) -> Iterator[Post]:
        own = entering("t", market) | {"t-program"}
        yield Post(Address.of(route), content(city.worlds["t"]), lambda person: person.name in own, json=True)

    return make


OVER_HTTP: dict[str, Make] = {
    "api/v1/organizations": _sent(
        MARKET, lambda world: {"name": "新苑建材有限公司（模拟）", "area": world.place.code}
    ),
    "api/v1/sites": _sent(
        frozenset(), lambda world: {"kind": "project", "name": "新苑二期", "area": world.place.code}
    ),
    "api/v1/products": _sent(MARKET, lambda world: {"name": "橡胶止水带", "producer": world.company.id}),
}
"""By route: entering records by programs and in browsers' sessions."""
