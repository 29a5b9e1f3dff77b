"""The one list: filters, order, pages, scope, and what it answers to a bad address."""

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integration.ui.conftest import COMPANIES, Ask, Places, acting, html
from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.parties.api import Organization

pytestmark = pytest.mark.usefixtures("companies")


def names(response: Any) -> list[str]:
    return re.findall(r"企业\d{3}", html(response))


def address(response: Any, word: str) -> dict[str, str]:
    """The values of the link to the neighbouring page, or nothing."""
    found = re.search(rf'href="\?([^"]*)"[^>]*rel="{word}"', html(response))
    return dict(parse_qsl(found[1].replace("&amp;", "&"))) if found else {}


def walk(ask: Ask, **query: str) -> list[list[str]]:
    """The names on every page from the first to the last."""
    pages, here = [], query
    while here is not None:
        response = ask(**here)
        pages.append(names(response))
        here = address(response, "next") or None  # type: ignore[assignment]
    return pages


def expected(**conditions: Any) -> set[str]:
    found = Organization.objects.filter(name__startswith="企业", area_id=900_003, **conditions)
    return set(found.values_list("name", flat=True))


def test_a_page_holds_fifty_rows_and_says_how_many_there_are(ask: Ask) -> None:
    response = ask()
    assert response.status_code == 200
    assert len(names(response)) == 50
    assert "50 of 120" in html(response)


@pytest.mark.parametrize("sort", ["name", "-name", "since", "-since", "east", "-east", "place", "-place"])
def test_pages_hold_every_row_once_in_order(ask: Ask, sort: str) -> None:
    pages = walk(ask, sort=sort)
    assert [len(page) for page in pages] == [50, 50, 20]
    seen = [name for page in pages for name in page]
    assert len(set(seen)) == 120
    field = COMPANIES.sorts[sort.removeprefix("-")]
    values = dict(Organization.objects.values_list("name", field))
    known = [values[name] for name in seen if values[name] is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert all(values[name] is None for name in seen[len(known) :]), "missing values come last"


@pytest.mark.parametrize("sort", ["name", "-since", "since", "-east"])
def test_going_back_shows_the_same_pages(ask: Ask, sort: str) -> None:
    first = ask(sort=sort)
    second = ask(**address(first, "next"))
    third = ask(**address(second, "next"))
    assert not address(third, "next")
    assert names(ask(**address(third, "prev"))) == names(second)
    back = ask(**address(second, "prev"))
    assert names(back) == names(first)
    assert not address(back, "prev")


def test_rows_that_vanish_do_not_shift_the_next_page(ask: Ask) -> None:
    first = ask()
    expected_next = names(ask(**address(first, "next")))
    Organization.objects.filter(name__in=names(first)[:10]).update(kind="other")
    assert names(ask(**address(first, "next"))) == expected_next


def test_filters_narrow_together(ask: Ask) -> None:
    response = ask(kind="company", since_from="2026-01-02", since_to="2026-01-05", placed="1")
    found = expected(
        kind="company", valid_from__range=(date(2026, 1, 2), date(2026, 1, 5)), longitude__isnull=False
    )
    assert found
    assert set(names(response)) == found


def test_a_search_narrows(ask: Ask) -> None:
    assert names(ask(q="企业01")) == [f"企业01{digit}" for digit in range(10)]


def test_nobody_sees_rows_beyond_their_scope(ask: Ask, user: User, places: Places) -> None:
    assert not {f"企业{number}" for number in range(120, 127)} & {n for page in walk(ask) for n in page}
    other = acting(user, places.other)
    assert len(names(ask(by=other))) == 7
    assert names(ask(by=other, area=str(places.county.pk))) == []
    assert names(ask(by=Actor("public", "public"))) == []


def test_an_area_filter_offers_ones_own_areas_and_accepts_one_further_down(ask: Ask, places: Places) -> None:
    response = ask(area=str(places.county.pk))
    assert len(names(response)) == 50
    assert f'<option value="{places.county.pk}" selected>任城区</option>' in html(response)
    assert names(ask(area=str(places.other.pk))) == []
    assert "兖州区" in html(ask(area=str(places.other.pk))), "a link from a map stays visible in the select"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"kind": "<b>"}, "“&lt;b&gt;” is not one of the choices for “Kind”."),
        ({"since_from": "2026-02-30"}, "“Since from” must be a date such as 2026-11-23."),
        ({"since_from": "2026-02-02", "since_to": "2026-01-01"}, "the first day 2026-02-02 is after the last day"),
        ({"area": "9" * 30}, "“Area” must be one of the areas offered"),
        ({"area": "x"}, "there is no area “x”"),
        ({"q": "企" * 101}, "has 101 characters; at most 100 are allowed"),
        ({"q": "企"}, "“Search” needs two characters or more."),
        ({"q": "\x00"}, "holds a character that cannot be kept"),
        ({"placed": "maybe"}, "“With a place on the map” is either 1"),
    ],
)
def test_a_bad_filter_is_named_and_only_it_is_ignored(ask: Ask, query: dict[str, str], message: str) -> None:
    response = ask(**query)
    assert response.status_code == 200
    assert message in html(response)
    assert "50 of 120" in html(response)
    one_filter = {"placed": "1"} if "placed" not in query else {"kind": "company"}
    found = expected(longitude__isnull=False) if "placed" in one_filter else expected(kind="company")
    assert {name for page in walk(ask, **query, **one_filter) for name in page} == found


@pytest.mark.parametrize("sort", ["password", "-", "--name", "area__name", "name;DROP TABLE", "kind", "\x00"])
def test_an_unknown_sort_is_refused_and_named(ask: Ask, sort: str) -> None:
    response = ask(sort=sort)
    assert response.status_code == 400
    assert "It can be sorted by: name, place, since, east." in html(response)


@pytest.mark.parametrize("word", ["x", "%%%", "é", "AAAA" * 30, "\x00"])
def test_a_made_up_cursor_is_refused(ask: Ask, word: str) -> None:
    for side in ("after", "before"):
        response = ask(**{side: word})
        assert response.status_code == 400
        assert "Start from the first page" in html(response)


def test_a_changed_or_carried_cursor_is_refused(ask: Ask) -> None:
    word = address(ask(), "next")["after"]
    assert ask(after=word).status_code == 200
    assert ask(after=word, sort="-name").status_code == 400
    assert ask(after=word, before=word).status_code == 400
    for place in range(0, len(word) - 1, 5):
        changed = "B" if word[place] != "B" else "C"
        assert ask(after=word[:place] + changed + word[place + 1 :]).status_code == 400


def test_the_number_of_queries_does_not_depend_on_the_rows(ask: Ask) -> None:
    counts = set()
    for query in ({}, {"sort": "-name"}, address(ask(), "next")):
        with CaptureQueriesContext(connection) as captured:
            ask(**query)
        counts.add(len(captured))
    assert counts == {4}, "areas offered, rows, count, saved views"


def test_htmx_gets_the_list_alone_and_a_reload_the_page(ask: Ask) -> None:
    part = html(ask(headers={"HX-Request": "true", "HX-Target": "list", "HX-Boosted": "true"}))
    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert "<html" in html(ask())
    restored = {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"}
    assert "<html" in html(ask(headers=restored))
    assert "HX-Request" in ask()["Vary"]


def test_values_are_escaped(ask: Ask, companies: list[Organization]) -> None:
    Organization.objects.filter(pk=companies[0].pk).update(name="<script>alert(1)</script>企业000")
    page = html(ask())
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert f'href="/companies/{companies[0].pk}?a=1&amp;b=2"' in page


def test_an_empty_list_says_what_to_do_next(ask: Ask) -> None:
    assert "Nothing fits" in html(ask(q="无此企业"))
    Organization.objects.filter(kind__in=["company", "laboratory"]).update(kind="other")
    assert "Register the first one." in html(ask())


def test_more_than_two_hundred_are_not_counted(ask: Ask, places: Places) -> None:
    Organization.objects.bulk_create(
        Organization(name=f"甲{n}", sort_key="z", kind="company", area=places.county) for n in range(200)
    )
    assert "50 of more than 200" in html(ask())


def test_a_list_of_one_page_is_not_counted_again(ask: Ask) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = html(ask(q="企业001"))
    assert "1 record" in page
    assert not [one for one in captured.captured_queries if "COUNT(" in one["sql"].upper()]


def test_both_languages(ask: Ask) -> None:
    assert ask(language="zh-hans").status_code == 200
    assert "2026-01-02\N{NO-BREAK SPACE}Fri" in html(ask(sort="since"))
