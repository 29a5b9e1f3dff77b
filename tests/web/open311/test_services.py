"""What can be reported in a city, where, and how Open311 says no."""

from datetime import timedelta

import pytest
from django.test import Client

from web.open311.asking import BASE, hotlines, xml
from web.walk.moments import NOW, TODAY
from web.walk.people import City
from zhicheng.cases.exchange.intake import terms_at
from zhicheng.ground import clock
from zhicheng.ground.interface.api import Scope
from zhicheng.ground.packs.api import Term, forget_loaded


@pytest.fixture
def client(browsing: City) -> Client:
    """Anybody, without a key."""
    return Client(headers={"accept-language": "en"})


def test_the_directory_names_every_city(client: Client) -> None:
    told = client.get("/open311/discovery.json").json()
    places = {one["url"].rpartition("/open311/")[2] for one in told["endpoints"]}
    assert places == {"zaozhuang/v2", "jining/v2"}
    assert {tuple(one["formats"]) for one in told["endpoints"]} == {("text/xml", "application/json")}
    root = xml(client.get("/open311/discovery.xml"))
    assert root.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"
    (one,) = client.get(f"{BASE}/discovery.json").json()["endpoints"]
    assert one["url"].endswith(BASE)


def test_records_that_are_simulated_are_offered_as_a_test(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def kind() -> str:
        return str(client.get(f"{BASE}/discovery.json").json()["endpoints"][0]["type"])

    assert kind() == "test", "one of the city's companies is invented"
    monkeypatch.setattr("zhicheng.cases.open311.endpoints.is_simulated", lambda: False)
    assert kind() == "production"


def test_the_changeset_is_the_day_on_which_services_last_changed(client: Client) -> None:
    def changeset() -> str:
        return str(client.get(f"{BASE}/discovery.json").json()["changeset"])

    before = changeset()
    Term.objects.filter(catalogue="housing.category", code="damp").update(valid_to=TODAY)
    forget_loaded()
    assert changeset() == before
    with clock.fixed_at(NOW + timedelta(days=1)):
        assert changeset()[:10] == (TODAY + timedelta(days=1)).isoformat()
        assert "damp" not in {one["service_code"] for one in client.get(f"{BASE}/services.json").json()}
    forget_loaded()


def test_services_are_the_categories_that_the_city_offers(client: Client, browsing: City) -> None:
    offered = terms_at(browsing.worlds["t"].place, TODAY)
    told = client.get(f"{BASE}/services.json").json()
    assert [one["service_code"] for one in told] == [term.code for term in offered]
    leak = next(one for one in told if one["service_code"] == "leak")
    assert (leak["service_name"], leak["metadata"], leak["type"]) == ("Water seepage", True, "realtime")
    assert leak["group"] == "Housing quality complaint"
    chinese = client.get(f"{BASE}/services.xml", headers={"accept-language": "zh-hans"})
    names = {one.findtext("service_code"): one.findtext("service_name") for one in xml(chinese)}
    assert names["leak"] == "渗漏"
    assert len(names) == len(told)


def test_a_key_that_only_writes_is_told_of_tokens(browsing: City) -> None:
    writing, _ = hotlines(browsing, Scope.WRITE)
    reading, _ = hotlines(browsing, name="other")
    assert {one["type"] for one in writing.get(f"{BASE}/services.json").json()} == {"batch"}
    assert {one["type"] for one in reading.get(f"{BASE}/services.json").json()} == {"realtime"}


def test_a_definition_says_what_is_asked(client: Client) -> None:
    told = client.get(f"{BASE}/services/goods_quality.json").json()
    asked = {one["code"]: one for one in told["attributes"]}
    assert told["service_code"] == "goods_quality"
    assert [one["order"] for one in told["attributes"]] == list(range(1, len(asked) + 1))
    assert [one["key"] for one in asked["kinds"]["values"]] == ["market_complaint", "market_report"]
    assert (asked["demand"]["datatype"], asked["demand"]["required"]) == ("text", True)
    assert asked["bought_on"]["datatype"] == "datetime"
    assert [one["key"] for one in asked["publishable"]["values"]] == ["yes", "no"]
    root = xml(client.get(f"{BASE}/services/goods_quality.xml"))
    assert [one.text for one in root.findall("attributes/attribute/code")] == list(asked)


@pytest.mark.parametrize(
    "address",
    [
        f"{BASE}/services/nothing", "/open311/atlantis/v2/services", f"{BASE}/tokens/1", f"{BASE}/nothing",
        f"{BASE}/services/leak\x00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_does_not_exist(client: Client, address: str, form: str) -> None:
    answer = client.get(f"{address}.{form}")
    assert answer.status_code == 404
    if form == "xml":
        assert [one.findtext("code") for one in xml(answer)] == ["404"]
        assert xml(answer)[0].tag == "error"
    else:
        assert answer.json() == [{"code": 404, "description": "There is nothing of this name that you may see."}]


def test_another_form_is_an_address_that_does_not_exist(client: Client) -> None:
    assert xml(client.get(f"{BASE}/services.yaml")).findtext("error/code") == "404"


def test_a_method_that_is_none(client: Client) -> None:
    answer = client.put(f"{BASE}/services.json")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()[0]["code"] == 405


@pytest.mark.parametrize("named", ["zaozhuang", "370400000000", "枣庄市", ""])
def test_a_jurisdiction_may_be_named_besides(client: Client, named: str) -> None:
    assert client.get(f"{BASE}/services.json", {"jurisdiction_id": named}).status_code == 200


def test_another_jurisdiction_is_not_found(client: Client) -> None:
    answer = client.get(f"{BASE}/services/leak.json", {"jurisdiction_id": "jining"})
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
