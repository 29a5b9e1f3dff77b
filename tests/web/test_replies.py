"""Reply templates on the desk: kept by clerks and leaders, inserted without script, looked over before sending."""

import re

import pytest

from web.walk.people import City
from zhicheng.cases.api import housing_of
from zhicheng.cases.models import ReplyTemplate

TEXT = "{number}：请{company}于{due_on}前返工，{body}。"


def own(city: City) -> ReplyTemplate:
    return ReplyTemplate.objects.get(organization=city.worlds["t"].body)


@pytest.mark.parametrize(
    ("name", "adds", "status"),
    [("t-clerk", True, 200), ("t-leader", True, 200), ("t-officer", False, 200), ("caller", True, 200),
     ("t-company", False, 403), ("security", False, 403)],
)  # fmt: skip
def test_who_sees_the_list_and_who_adds(browsing: City, name: str, adds: bool, status: int) -> None:
    client = browsing.people[name].browser()
    response = client.get("/desk/cases/replies/")
    assert response.status_code == status
    if status == 200:
        assert ("Add a template" in response.content.decode()) is adds
    assert client.get("/desk/cases/replies/new/").status_code == (200 if adds else 403)


def test_a_template_is_added_and_refused_with_what_was_typed(browsing: City) -> None:
    client = browsing.people["t-clerk"].browser()
    given = {"title": "返工", "spot": "housing_quality:order:requirement", "category": "leak", "text": TEXT}
    wrong = client.post("/desk/cases/replies/new/", {**given, "text": "请{reporter}签字。"})
    assert wrong.status_code == 422
    assert "No case fills {reporter}" in wrong.content.decode()
    assert "请{reporter}签字。" in wrong.content.decode()
    done = client.post("/desk/cases/replies/new/", given, follow=True)
    assert "“返工” is offered to your colleagues." in done.content.decode()
    assert "Housing quality complaint · Order rectification · What has to be done" in done.content.decode()


def test_a_shared_template_is_read_and_copied(browsing: City) -> None:
    shared = ReplyTemplate.objects.get(key="housing-order-leak")
    client = browsing.people["t-leader"].browser()
    page = client.get(f"/desk/cases/replies/{shared.pk}/").content.decode()
    assert "Make one of our own from it" in page
    assert client.post(f"/desk/cases/replies/{shared.pk}/", {"retire": "1"}).status_code == 403
    copy = client.get(f"/desk/cases/replies/new/?from={shared.pk}").content.decode()
    assert "不少于四十八小时" in copy


def test_it_is_taken_out_of_use_and_no_longer_offered(browsing: City) -> None:
    client, kept = browsing.people["t-leader"].browser(), own(browsing)
    matter = browsing.worlds["t"].matters["accepted"]
    officer = browsing.people["t-officer"].browser()
    assert f'<option value="{kept.pk}">' in officer.get(f"/desk/cases/{matter.case.number}/").content.decode()
    client.post(f"/desk/cases/replies/{kept.pk}/", {"retire": "1"})
    kept.refresh_from_db()
    assert kept.retired_on is not None
    assert f'<option value="{kept.pk}">' not in officer.get(f"/desk/cases/{matter.case.number}/").content.decode()


def test_a_text_is_inserted_looked_over_and_sent(browsing: City) -> None:
    """Nothing is sent by inserting; what was typed stays; a gap is refused until it is filled."""
    matter, client = browsing.worlds["t"].matters["accepted"], browsing.people["t-officer"].browser()
    address, held = f"/desk/cases/{matter.case.number}/", housing_of(matter.case)
    key = f"{held.id}-order"
    company = browsing.worlds["t"].company
    typed = {
        "step": key, f"{key}-expected_number": held.last_step, f"{key}-cause": "workmanship",
        f"{key}-company_chosen": company.pk, f"{key}-due_on": "2026-12-20", f"{key}-requirement": "先停工。",
    }  # fmt: skip
    insert = {**typed, f"{key}-requirement-template": own(browsing).pk, "insert": "requirement"}
    response = client.post(address, insert)
    assert response.status_code == 200
    text = response.content.decode()
    area = re.search(r"<textarea[^>]*requirement[^>]*>\s*([^<]*)</textarea>", text)
    assert area is not None
    gap = "〔？Company〕"
    assert area[1] == f"先停工。\n{matter.case.number}：请{gap}尽快返工。"
    assert 'value="2026-12-20"' in text
    assert "needs to be put right" not in text
    assert housing_of(matter.case).last_step == held.last_step
    refused = client.post(address, {**typed, f"{key}-requirement": area[1]})
    assert refused.status_code == 422
    assert "“What has to be done” still has a place to fill in: Company." in refused.content.decode()
    done = client.post(address, {**typed, f"{key}-requirement": area[1].replace(gap, company.name)})
    assert done.status_code == 302
    assert housing_of(matter.case).state == "ordered"


@pytest.mark.parametrize("insert", ["", "nothing", "due_on", "requirement"])
def test_a_template_that_is_not_offered_inserts_nothing(browsing: City, insert: str) -> None:
    matter, client = browsing.worlds["t"].matters["accepted"], browsing.people["t-officer"].browser()
    key = f"{housing_of(matter.case).id}-order"
    foreign = ReplyTemplate.objects.get(organization=browsing.worlds["s"].body)
    sent = {"step": key, "insert": insert, f"{key}-requirement-template": foreign.pk, f"{key}-requirement": "原文"}
    response = client.post(f"/desk/cases/{matter.case.number}/", sent)
    assert response.status_code == 200
    assert "原文</textarea>" in response.content.decode()


@pytest.mark.parametrize("name", ["s-officer", "t-company"])
def test_nobody_inserts_in_what_is_not_theirs(browsing: City, name: str) -> None:
    matter, client = browsing.worlds["t"].matters["accepted"], browsing.people[name].browser()
    key = f"{housing_of(matter.case).id}-order"
    response = client.post(f"/desk/cases/{matter.case.number}/", {"step": key, "insert": "requirement"})
    assert response.status_code == 404
