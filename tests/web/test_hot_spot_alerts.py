"""Alerts of hot spots on the desk: listed for whoever sees the place, answered by the body in charge."""

from typing import Any

import pytest

from web.walk.people import City
from zhicheng.cases.models import HotSpotAlert

LIST = "/desk/cases/hot-spots/alerts/"


@pytest.fixture
def alert(browsing: City) -> HotSpotAlert:
    return HotSpotAlert.objects.get(body=browsing.worlds["t"].body)


def page(browsing: City, name: str, address: str) -> Any:
    return browsing.people[name].browser().get(address)


def test_an_alert_is_shown_to_those_who_see_the_place(browsing: City, alert: HotSpotAlert) -> None:
    address = f"{LIST}{alert.pk}/"
    site = browsing.worlds["t"].site_word
    for name in ("t-officer", "city"):
        assert site in page(browsing, name, LIST).content.decode()
        assert site in page(browsing, name, address).content.decode()
    assert site not in page(browsing, "s-officer", LIST).content.decode()
    assert page(browsing, "s-officer", address).status_code == 404
    assert page(browsing, "t-company", address).status_code == 403


def test_it_is_answered_with_a_word_that_is_kept_when_refused(browsing: City, alert: HotSpotAlert) -> None:
    address, client = f"{LIST}{alert.pk}/", browsing.people["t-officer"].browser()
    assert "Answer the alert" in client.get(address).content.decode()
    assert "Answer the alert" not in page(browsing, "t-clerk", address).content.decode()
    refused = client.post(address, {"word": "查"})
    assert refused.status_code == 422
    assert "查" in refused.content.decode()
    assert client.post(address, {"word": "已约谈开发商"}).status_code == 302
    text = client.get(address).content.decode()
    assert "已约谈开发商" in text
    assert "Answer the alert" not in text
    assert client.post(address, {"word": "再说一次"}).status_code == 422
