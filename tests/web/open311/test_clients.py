"""Two clients that other people wrote for any Open311 city work with ours, over a socket."""

from collections.abc import Iterator
from typing import Any

import pytest
from civicbot import Endpoint, HttpTransport, Open311Client
from civicbot import ValidationError as NotAsDefined
from civicbot.http import HttpError, RateLimiter
from georeport import GeoReport
from requests import HTTPError

from web.interface.programs import program
from web.open311.serving import Served, served
from web.walk.people import City
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground.interface.api import Scope


@pytest.fixture
def product(browsing: City) -> Iterator[Served]:
    with served() as running:
        yield running


def key(city: City, *scopes: Scope, name: str = "client") -> str:
    """A key of a program of the city's hotline, which takes whatever is reported."""
    return program(city.worlds["t"].caller.organization, Role.CALLER, name=name, scopes=scopes)[1].text


def reading(product: Served, text: str = "", form: str = "json") -> GeoReport:
    """A client that reads; whoever has a key writes it into the address."""
    shown = f":{text}@" if text else ""
    address = f"http://{shown}{product.host}/open311/zaozhuang/v2"
    return GeoReport(address, jurisdiction="zaozhuang", output_format=form)


def posting(product: Served) -> Open311Client:
    """A client that posts, and checks before what a service's definition asks."""
    city = Endpoint("zaozhuang", "枣庄市", f"http://{product.host}/open311/zaozhuang/v2", write=True)
    return Open311Client(city, HttpTransport(rate_limiter=RateLimiter(0)), jurisdiction_id="zaozhuang")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_services_and_their_definitions(product: Served, form: str) -> None:
    client = reading(product, form=form)
    services = product.ask(client.get_service_list)
    assert {"leak", "goods_quality"} <= {one["service_code"] for one in services}
    definition: Any = product.ask(lambda: client.get_service_definition("goods_quality"))
    assert definition["service_code"] == "goods_quality"
    asked = definition["attributes"] if form == "json" else definition["attributes"]["attribute"]
    assert [one["code"] for one in asked][:2] == ["kinds", "demand"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_requests_are_read_by_key(product: Served, browsing: City, form: str) -> None:
    client = reading(product, key(browsing, Scope.READ), form)
    listed = product.ask(lambda: client.get_service_requests(status="open", service_code="leak,damp"))
    matter = browsing.worlds["s"].matters["ordered"]
    numbers = {one["service_request_id"] for one in listed}
    assert matter.case.number in numbers
    assert browsing.worlds["s"].matters["closed"].case.number not in numbers
    assert browsing.worlds["r"].matters["ordered"].case.number not in numbers
    one = product.ask(lambda: client.get_service_request(matter.case.number))
    assert (one["status"], one["service_code"]) == ("open", "leak")
    assert matter.word in one["description"]
    with pytest.raises(HTTPError, match="403"):
        product.ask(reading(product, form=form).get_service_requests)


def test_a_request_is_posted_as_its_definition_asks(product: Served, browsing: City) -> None:
    client, text = posting(product), key(browsing, Scope.READ, Scope.WRITE)
    bought = {"demand": "退货退款", "bought_on": "2026-11-20T08:00:00Z", "amount": "58.5", "publishable": "no"}

    def post(attributes: dict[str, Any]) -> Any:
        return client.create_request(
            "goods_quality", address_string="枣庄市滕州市荆河街道 善国路 8 号", description="水壶漏电",
            phone="13900000001", last_name="王", first_name="芳", attributes=attributes, api_key=text,
            dry_run=False, confirm="SEND", validate_remote=True,
        ).response  # fmt: skip

    with pytest.raises(NotAsDefined, match="demand"):
        product.ask(lambda: post({"publishable": "no"}))
    with pytest.raises(NotAsDefined, match="publishable"):
        product.ask(lambda: post({"demand": "退货", "publishable": "perhaps"}))
    (created,) = product.ask(lambda: post(bought))
    case = Case.objects.get(number=created["service_request_id"])
    assert (case.area.name, case.description) == ("荆河街道", "水壶漏电")
    assert case.reporter is not None
    assert (case.reporter.masked.name, case.reporter.masked.phone) == ("王**", "139****0001")


def test_a_key_that_only_writes_is_given_a_token(product: Served, browsing: City) -> None:
    client, text = posting(product), key(browsing, Scope.WRITE)
    sent = {"api_key": text, "dry_run": False, "confirm": "SEND", "lat": 35.08, "lng": 117.16}
    (created,) = product.ask(lambda: client.create_request("leak", **sent).response)
    assert set(created) == {"token", "service_notice", "account_id"}
    (found,) = product.ask(lambda: client.get_token(created["token"]))
    case = Case.objects.get(number=found["service_request_id"])
    assert case.area.name == "滕州市"
    with pytest.raises(HttpError, match="403"):
        product.ask(lambda: client.get_request(case.number))
    with pytest.raises(HttpError, match="404"):
        product.ask(lambda: client.get_token(created["token"][:-1]))
