"""Finding by words and numbers, and never outside what one may see."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from zhicheng.core.access import Actor
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area
from zhicheng.ground.search import registry
from zhicheng.ground.search.api import find, index, matching, remove
from zhicheng.ground.search.models import SearchEntry

TITLE = "锦绣花园（一期）3号楼漏水"
NUMBERS = ["TS3708-2026-00017", "ts3708202600017"]
pytestmark = pytest.mark.usefixtures("sources")


@pytest.mark.parametrize(
    "text",
    [
        "漏水",
        "锦绣花园",
        "锦绣 漏水",
        "3号楼",
        "花园一期",
        "TS3708-2026-00017",
        "ts3708202600017",
        "00017",
        "2026-00017",
        "Leak",
        "ｌｅａｋ",
    ],
)
def test_words_numbers_and_their_parts_find(body: int, clerk: Actor, text: str) -> None:
    index(subject=("body", body), title=TITLE, text="Water LEAK", numbers=NUMBERS[:1])
    assert [found.subject_id for found in find(text, clerk)] == [body]


@pytest.mark.parametrize(
    "text", ["漏电", "花园二期", "", " ", "漏", "TS-00018", "2026", "017", "' OR 1=1 --", "%", "\\"]
)
def test_what_is_not_there_is_not_found(body: int, clerk: Actor, text: str) -> None:
    index(subject=("body", body), title=TITLE, numbers=NUMBERS[:1])
    assert find(text, clerk) == []


def test_a_result_says_what_it_is_and_where(body: int, clerk: Actor) -> None:
    index(subject=("body", body), title="锦绣花园", subtitle="任城区", numbers=["370811"])
    (found,) = find("370811", clerk)
    assert (found.title, found.subtitle, found.address, found.by_number) == (
        "锦绣花园",
        "任城区",
        f"/bodies/{body}/",
        True,
    )


def test_a_source_may_say_itself_what_stands_below_the_title(
    body: int, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []

    def notes(ids: Collection[int]) -> dict[int, str]:
        asked.append(list(ids))
        return dict.fromkeys(ids, "No. 7")

    source = replace(registry.search_source("body"), notes=notes)
    monkeypatch.setitem(registry._sources, "body", source)
    index(subject=("body", body), title="锦绣花园", subtitle="任城区")
    assert [found.subtitle for found in find("锦绣", clerk)] == ["No. 7"]
    assert asked == [[body]], "all of them are asked for at once"


def test_nothing_outside_the_scope_is_found(body: int, other_body: int, clerk: Actor) -> None:
    index(subject=("body", body), title="锦绣花园漏水")
    index(subject=("body", other_body), title="锦绣花园漏水", numbers=["TS-1"])
    assert [found.subject_id for found in find("锦绣花园", clerk)] == [body]
    assert find("TS-1", clerk) == []
    assert find("锦绣花园", Actor("public", "public")) == []


def test_a_kind_without_a_source_is_never_found(body: int, clerk: Actor) -> None:
    index(subject=("secret", body), title="锦绣花园漏水")
    assert find("锦绣花园", clerk) == []


def test_numbers_come_first_then_titles_then_the_latest(
    body: int, county: Area, clerk: Actor, now: datetime
) -> None:
    assert county.parent is not None
    city, province = county.parent, county.parent.parent
    assert province is not None
    with clock.fixed_at(now):
        index(subject=("place", county.id), title="别处", text="济宁1号")
        index(subject=("place", city.id), title="济宁1号院")
        index(subject=("body", body), title="别的", text="其他", numbers=["济宁1号"])
    with clock.fixed_at(now + timedelta(hours=1)):
        index(subject=("place", province.id), title="济宁1号楼")
    assert [found.subject_id for found in find("济宁1号", clerk)] == [body, province.id, city.id, county.id]
    assert [found.subject_id for found in find("济宁1号", clerk, limit=2)] == [body, province.id]
    assert [found.subject_id for found in find("济宁1号", clerk, kinds=["body"])] == [body]
    assert find("济宁1号", clerk, kinds=[]) == []


def test_indexing_again_replaces_and_removing_forgets(body: int, clerk: Actor) -> None:
    index(subject=("body", body), title="锦绣花园", numbers=["A-1"])
    index(subject=("body", body), title="翠湖小区", numbers=["A-2"])
    assert [find(text, clerk) != [] for text in ("锦绣花园", "A-1", "翠湖", "A-2")] == [False, False, True, True]
    assert SearchEntry.objects.count() == 1
    remove(("body", body))
    assert find("翠湖", clerk) == []
    remove(("body", body))


def test_matching_is_a_subquery_for_lists(body: int, other_body: int) -> None:
    index(subject=("body", body), title="锦绣花园")
    index(subject=("place", other_body), title="锦绣花园")
    assert list(matching("body", "锦绣")) == [body]
    assert list(matching("body", "")) == []


def test_a_title_that_begins_so_comes_before_one_that_holds_it(
    body: int, county: Area, clerk: Actor, now: datetime
) -> None:
    with clock.fixed_at(now):
        index(subject=("body", body), title="锦绣置业")
    with clock.fixed_at(now + timedelta(hours=1)):
        index(subject=("place", county.id), title="整改通知 锦绣置业")
    assert [found.subject_id for found in find("锦绣置业", clerk)] == [body, county.id]
