"""A reopened case in the list, the inbox and on its page, in both languages."""

import pytest
from django.utils.translation import override

from web.walk.matters import Matter, as_sent
from web.walk.people import City

MARK = {"en": "</svg>Reopened", "zh-hans": "</svg>重新办理"}


@pytest.fixture
def matter(browsing: City) -> Matter:
    found = browsing.worlds["t"].matters["closed"]
    address = f"/desk/cases/{found.case.number}/"
    assert browsing.people["caller"].browser().post(address, as_sent(found)).status_code == 302
    return found


def shown(city: City, name: str, address: str, language: str = "en") -> str:
    client = city.people[name].browser()
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", MARK)
def test_list_inbox_and_page_mark_it_by_word_and_icon(browsing: City, matter: Matter, language: str) -> None:
    with override(language):
        own = f"/desk/cases/{matter.case.number}/"
        for name, address in (("t-officer", "/desk/cases/"), ("t-clerk", "/desk/"), ("t-officer", own)):
            text = shown(browsing, name, address, language)
            assert MARK[language] in text, address
            assert "#rotate-ccw" in text, address


def test_the_list_is_narrowed_to_what_was_reopened(browsing: City, matter: Matter) -> None:
    others = [one.case.number for key, one in browsing.worlds["t"].matters.items() if key != "closed"]
    text = shown(browsing, "t-officer", "/desk/cases/?reopened=1")
    assert matter.case.number in text
    assert not [number for number in others if number in text]


def test_the_export_has_a_column_of_it(browsing: City, matter: Matter) -> None:
    sent = {"do": "export-csv"}
    response = browsing.people["t-officer"].browser().post("/desk/cases/?reopened=1", sent)
    table = b"".join(response).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    head = next(line for line in table if "Matter" in line)
    assert {"Reopened", "Reopened on"} <= set(head.split(","))
    assert ",Reopened,20" in table[-1]


def test_why_is_told_on_the_page_but_not_to_the_company(browsing: City, matter: Matter) -> None:
    address = f"/desk/cases/{matter.case.number}/"
    assert "Why it was reopened" in shown(browsing, "t-officer", address)
    response = browsing.people["t-company"].browser().get(address)
    assert response.status_code == 404 or "Why it was reopened" not in response.content.decode()
    text = browsing.people["reporter"].browser().get(f"/track/{matter.case.number}/").content.decode()
    assert "Why it was reopened" in text
