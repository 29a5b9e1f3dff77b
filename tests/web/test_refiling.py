"""Correcting a category and re-filing a matter on the desk, the citizen's page and over HTTP; who may not."""

import re
from typing import Any

import pytest

from web.walk.matters import Matter
from web.walk.people import City
from zhicheng.cases.api import Case, housing_of, list_latest

WHY = "买的是净水器，不是房屋质量问题"


@pytest.fixture
def matter(browsing: City) -> Matter:
    return browsing.worlds["t"].matters["received"]


def sent(matter: Matter, verb: str, **given: str) -> dict[str, str]:
    """The form of a step, filled in."""
    held = housing_of(matter.case)
    key = f"{held.id}-{verb}"
    typed = {f"{key}-{name}": value for name, value in given.items()}
    return {"step": key, f"{key}-expected_number": str(held.last_step), **typed}


def refiling(matter: Matter, **given: str) -> dict[str, str]:
    return sent(matter, "refile", **{"kind": "market_complaint", "category": "no_refund", "reason": WHY, **given})


def post(city: City, name: str, address: str, form: dict[str, str]) -> Any:
    return city.people[name].browser().post(address, form)


def category_of(matter: Matter) -> str:
    category = Case.objects.select_related("category").get(pk=matter.case.pk).category
    return category.code if category else ""


@pytest.mark.parametrize("name", ["t-clerk", "t-officer", "caller"])
def test_whoever_may_is_offered_both_and_told_what_will_happen(browsing: City, matter: Matter, name: str) -> None:
    text = browsing.people[name].browser().get(f"/desk/cases/{matter.case.number}/").content.decode()
    assert "<span>Re-file as another kind</span>" in text
    assert "<span>Correct the category</span>" in text
    assert "They count from today; if that body had it before, from then." in text


def test_categories_stand_below_the_kind_that_they_are_of(browsing: City, matter: Matter) -> None:
    text = browsing.people["t-clerk"].browser().get(f"/desk/cases/{matter.case.number}/").content.decode()
    groups = re.findall(r'<optgroup label="([^"]+)"', text)
    assert any(group.startswith("Market complaint or report · ") for group in groups)
    assert not any(group.startswith("Housing quality complaint · ") for group in groups)


@pytest.mark.parametrize("name", ["t-clerk", "caller"])
def test_a_matter_is_re_filed(browsing: City, matter: Matter, name: str) -> None:
    address = f"/desk/cases/{matter.case.number}/"
    response = browsing.people[name].browser().post(address, refiling(matter), follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "Done: Re-file as another kind" in response.content.decode()
    assert [one.state for one in list_latest(matter.case)] == ["refiled", "received"]
    assert category_of(matter) == "no_refund"


def test_a_category_is_corrected(browsing: City, matter: Matter) -> None:
    form = sent(matter, "revise", category="wall_crack", reason="照片上是裂缝")
    assert post(browsing, "t-clerk", f"/desk/cases/{matter.case.number}/", form).status_code == 302
    assert category_of(matter) == "wall_crack"
    text = browsing.people["reporter"].browser().get(f"/track/{matter.case.number}/").content.decode()
    assert ("照片上是裂缝" in text) == (browsing.people["reporter"].tracked is matter)


def test_what_does_not_fit_is_named_and_what_was_typed_is_kept(browsing: City, matter: Matter) -> None:
    response = post(
        browsing,
        "t-clerk",
        f"/desk/cases/{matter.case.number}/",
        refiling(matter, category="crane", demand="退款"),
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert "This is no category of “Market complaint”: choose one of its own." in text
    assert WHY in text
    assert "退款" in text
    assert [one.state for one in list_latest(matter.case)] == ["received"]


@pytest.mark.parametrize("verb", ["refile", "revise"])
@pytest.mark.parametrize("name", ["t-leader", "t-company", "city", "s-officer"])
def test_nobody_else_puts_it_right(browsing: City, matter: Matter, name: str, verb: str) -> None:
    form = refiling(matter) if verb == "refile" else sent(matter, "revise", category="wall_crack", reason="x")
    response = post(browsing, name, f"/desk/cases/{matter.case.number}/", form)
    assert response.status_code in (403, 404, 422)
    assert [one.state for one in list_latest(matter.case)] == ["received"]
    assert category_of(matter) == "leak"


def test_the_reporter_cannot_re_file_what_they_told(browsing: City) -> None:
    reporter = browsing.people["reporter"]
    tracked = reporter.tracked
    assert tracked is not None
    before = [one.state for one in list_latest(tracked.case)]
    response = reporter.browser().post(f"/track/{tracked.case.number}/", refiling(tracked))
    assert response.status_code == 422
    assert [one.state for one in list_latest(tracked.case)] == before


def test_programs_take_both_from_the_table(browsing: City, matter: Matter) -> None:
    client = browsing.people["t-clerk"].browser()
    address = f"/api/v1/cases/{matter.case.number}/steps"
    offered = {one["verb"]: one for one in client.get(address).json()}
    category = next(need for need in offered["refile"]["needs"] if need["key"] == "category")
    accepted = {category["catalogue"], *category["also"]}
    assert accepted >= {"market.category", "food.category", "hazards.category"}
    assert "housing.category" not in accepted, "its own kind's are no categories of another"
    held = housing_of(matter.case)
    body = {
        "proceeding": held.id, "verb": "refile", "number": held.last_step,
        "data": {"kind": "market_complaint", "category": "no_refund", "reason": WHY},
    }  # fmt: skip
    assert client.post(address, body, content_type="application/json").json()["state"] == "refiled"
    detail = client.get(f"/api/v1/cases/{matter.case.number}").json()
    assert detail["category"] == "no_refund"
    assert {one["kind"] for one in detail["proceedings"]} == {"case", "housing_quality"}
