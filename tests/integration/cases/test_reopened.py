"""A case that was reopened says so wherever it stands: how often, since when, and to whom it may be told, why."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, build_page, loop_of, reopened_among, reporter_of
from zhicheng.cases.lists import CASES, rows_in_loop, with_current
from zhicheng.cases.reopened import was_reopened
from zhicheng.core.access import Role
from zhicheng.desk.inbox import rows, with_titles
from zhicheng.ground.personal.models import PersonalText
from zhicheng.ground.proceedings.api import advance

A_DAY = timedelta(days=1)
WHY = "墙角又渗水了"


def close(case: Case, city: City, now: datetime) -> None:
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="other", reason="不属实")
    advance(
        proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now,
        data={"outcome": "satisfied"},
    )  # fmt: skip


def reopen(case: Case, now: datetime, why: str = WHY) -> None:
    advance(proceeding=loop_of(case).id, verb="reopen", by=reporter_of(case), now=now, data={"reason": why})


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Marks are read in English here; the pages of both languages have tests of their own."""
    with override("en"):
        yield


@pytest.fixture
def reopened(case: Case, city: City, now: datetime) -> Case:
    close(case, city, now)
    reopen(case, now + A_DAY)
    return case


def test_a_case_that_was_never_reopened_has_no_mark(case: Case, city: City, now: datetime) -> None:
    clerk = city.staff(1, Role.CLERK)
    assert reopened_among([case.id]) == {}
    assert with_current(list(rows_in_loop(clerk)), clerk)[0].reopened is None
    assert build_page(case=case, actor=clerk, now=now).reopened is None
    assert not rows_in_loop(clerk).filter(was_reopened(clerk)).exists()


def test_lists_say_how_often_and_since_when(reopened: Case, city: City, now: datetime) -> None:
    clerk = city.staff(1, Role.CLERK)
    (row,) = with_current(list(rows_in_loop(clerk)), clerk)
    assert row.reopened is not None
    assert (row.reopened.times, row.reopened.since) == (1, now + A_DAY)
    day = (now + A_DAY).date()
    assert (row.reopened.mark.label, row.reopened.mark.icon, row.reopened.on) == ("Reopened", "rotate-ccw", day)
    close(reopened, city, now + A_DAY)
    reopen(reopened, now + 2 * A_DAY)
    (row,) = with_current(list(rows_in_loop(clerk)), clerk)
    assert row.reopened is not None
    assert (row.reopened.mark.label, row.reopened.on) == ("Reopened 2 times", day + A_DAY)


def test_the_list_is_narrowed_to_them_and_exports_the_mark(reopened: Case, city: City, now: datetime) -> None:
    clerk = city.staff(1, Role.CLERK)
    assert list(rows_in_loop(clerk).filter(was_reopened(clerk))) == [reopened]
    mark, day = (next(one for one in CASES.columns if one.key == key) for key in ("reopened", "reopened_on"))
    (row,) = CASES.presented([reopened], clerk)
    assert (mark.value(row).label, day.value(row)) == ("Reopened", (now + A_DAY).date())


def test_the_inbox_marks_what_came_back(reopened: Case, city: City) -> None:
    clerk = city.staff(1, Role.CLERK)
    (row,) = with_titles(list(rows(clerk)), clerk)
    assert row.reopened is not None
    assert row.reopened.mark.label == "Reopened"


def test_the_page_says_why_to_the_bodies_and_the_reporter_and_not_to_the_company(
    reopened: Case, city: City, now: datetime
) -> None:
    later = now + A_DAY
    step(reopened, "accept", city.staff(1, Role.CLERK), later)
    step(
        reopened, "order", city.staff(2, Role.OFFICER), later, cause="workmanship", company=city.builder.id,
        due_on=later.date() + 20 * A_DAY, requirement="返工",
    )  # fmt: skip
    for actor, why in (
        (city.staff(1, Role.CLERK), WHY), (reporter_of(reopened), WHY), (city.company(city.builder), ""),
    ):  # fmt: skip
        page = build_page(case=reopened, actor=actor, now=later)
        assert page.reopened is not None
        assert page.why_reopened == why


def test_what_the_reporter_said_is_gone_once_it_is_erased(reopened: Case, city: City, now: datetime) -> None:
    PersonalText.objects.filter(subject_id=loop_of(reopened).id).update(text="", erased_at=now + A_DAY)
    page = build_page(case=reopened, actor=city.staff(1, Role.CLERK), now=now + A_DAY)
    assert page.reopened is not None
    assert page.why_reopened == ""


def test_it_is_asked_once_for_any_number_of_cases(reopened: Case) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert set(reopened_among([reopened.id, reopened.id + 1, reopened.id + 2])) == {reopened.id}
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        assert reopened_among([]) == {}
    assert len(captured) == 0
