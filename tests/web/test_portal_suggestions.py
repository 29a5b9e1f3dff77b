"""Categories suggested from a citizen's words: up to three, of the door, and none where it is not clear."""

import pytest
from django.test import Client

from web.test_portal import COMPLAIN, given
from web.walk.people import City
from zhicheng.cases.api import Case

ASK = "/zaozhuang/categories/"
CLEAR = "楼上卫生间渗漏，天花板渗漏滴水，墙面渗漏发霉。"


@pytest.fixture
def client(browsing: City) -> Client:
    return browsing.people["anybody"].browser()


def codes(client: Client, text: str, door: str = "") -> list[str]:
    answer = client.post(f"{ASK}{door}", {"description": text})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    return [one["code"] for one in answer.json()]


def test_clear_words_suggest_up_to_three_categories_of_the_door(client: Client) -> None:
    found = codes(client, CLEAR)
    assert found[0] == "leak"
    assert len(found) <= 3
    assert {one["label"] for one in client.post(ASK, {"description": CLEAR}).json()} >= {"Water seepage"}


@pytest.mark.parametrize("text", ["", "漏", "你好，我想问一下。", "\x00" * 20, "1" * 9_000])
def test_unclear_words_suggest_nothing(client: Client, text: str) -> None:
    assert codes(client, text) == []


def test_another_door_offers_its_own_categories_alone(client: Client) -> None:
    assert "leak" not in codes(client, CLEAR, "goods/")
    assert client.post(f"{ASK}nowhere/", {"description": CLEAR}).status_code == 404


def test_asking_keeps_nothing_and_needs_a_post(client: Client) -> None:
    count = Case.objects.count()
    codes(client, CLEAR)
    assert client.get(f"{ASK}?description=x").status_code == 405
    assert Case.objects.count() == count


@pytest.mark.parametrize(
    ("language", "said"), [("en", "By your words it may be:"), ("zh-hans", "从您的描述看，可能属于：")]
)
def test_without_script_a_form_sent_without_category_shows_them_and_chooses_none(
    browsing: City, language: str, said: str
) -> None:
    client, count = Client(headers={"accept-language": language}), Case.objects.count()
    refused = client.post(COMPLAIN, given(browsing, category="", description=CLEAR))
    page = refused.content.decode()
    assert (refused.status_code, Case.objects.count()) == (422, count)
    assert said in page.partition('class="zc-suggested"')[2]
    assert '<option value="leak" selected' not in page
    assert client.post(COMPLAIN, given(browsing, description=CLEAR)).status_code == 201


def test_without_script_nothing_is_shown_where_it_is_not_clear_or_chosen(browsing: City, client: Client) -> None:
    for changes in (
        {"category": "", "description": "门口的树很高，想问问谁来管。"},
        {"category": "leak", "phone": "12"},
    ):
        page = client.post(COMPLAIN, given(browsing, **changes)).content.decode()
        assert "zc-suggested" not in page
    assert "zc-suggested" not in client.get(COMPLAIN).content.decode()
