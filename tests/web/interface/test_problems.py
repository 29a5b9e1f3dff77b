"""Every refusal is a problem: its form, its language, and the values it names."""

from typing import Any

import pytest
from django.test import Client

from web.interface.programs import of_county, program, speaking
from web.walk.people import City
from zhicheng.core.access import Role

LIST = "/api/v1/cases"
TYPE = "application/problem+json"


def test_each_has_the_same_form(browsing: City) -> None:
    client, case = of_county(browsing, "t", Role.CLERK), browsing.worlds["t"].matters["received"].case
    steps, another = f"{LIST}/{case.number}/steps", browsing.worlds["t"].matters["accepted"].proceeding.id
    answers = [
        (401, "key", Client().get(LIST)),
        (404, "missing", client.get(f"{LIST}/TS-1")),
        (404, "missing", client.get("/api/v1/nothing")),
        (405, "method", client.put(LIST)),
        (400, "unreadable", client.post(steps, "{", content_type="application/json")),
        (422, "values", client.post(steps, {}, content_type="application/json")),
        (422, "values", client.get(LIST, {"after": "x"})),
        (
            404,
            "missing",
            client.post(steps, {"proceeding": another, "verb": "x", "number": 1}, "application/json"),
        ),
    ]
    for status, code, answer in answers:
        told = answer.json()
        assert (answer.status_code, answer["Content-Type"]) == (status, TYPE), told
        assert told["status"] == status
        assert told["type"].endswith(f"/api/v1/docs#{code}"), told
        assert told["title"]
        assert told["detail"]


@pytest.mark.parametrize(
    ("body", "field", "english", "chinese"),
    [
        ({"verb": "x", "number": 1}, "proceeding", "“proceeding” is missing.", "缺少“proceeding”。"),
        (
            {"proceeding": "x", "verb": "x", "number": 1}, "proceeding",
            "“proceeding” must be a whole number.", "“proceeding”必须是整数。",
        ),
    ],
)  # fmt: skip
def test_it_speaks_the_callers_language(
    browsing: City, body: dict[str, Any], field: str, english: str, chinese: str
) -> None:
    text = program(browsing.worlds["t"].body, Role.CLERK)[1].text
    steps = f"{LIST}/{browsing.worlds['t'].matters['received'].case.number}/steps"
    for language, told in (("en", english), ("zh-hans", chinese)):
        answer = speaking(text, language).post(steps, body, content_type="application/json")
        assert answer.json()["fields"] == {field: told}


def test_a_page_links_to_the_next(browsing: City) -> None:
    client = of_county(browsing, "t", Role.OFFICER)
    first = client.get(LIST, {"limit": 3})
    address, _, relation = first["Link"].partition(">; ")
    assert relation == 'rel="next"'
    second = client.get(address.removeprefix("<http://localhost:8000"))
    assert second.status_code == 200
    numbers = [one["number"] for answer in (first, second) for one in answer.json()["items"]]
    assert len(set(numbers)) == len(numbers) == 6
    assert "Link" not in client.get(LIST, {"limit": 100})


@pytest.mark.parametrize(
    "cursor", ["x", "", "Y2FzZXM6", "Y2FzZXM6LTE", "b3RoZXI6MQ", "é", "=" * 9, "Y2FzZXM6MTIz" * 9]
)
def test_a_cursor_that_is_none(browsing: City, cursor: str) -> None:
    answer = of_county(browsing, "t", Role.OFFICER).get(LIST, {"after": cursor})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"after"}
