"""Saturday 9 May 2026 is worked in exchange for Labour Day: limits, lights and cards count it."""

from datetime import date, datetime

import pytest

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, Complaint, housing_of, open_case
from zhicheng.core.access import Role
from zhicheng.core.clock import LOCAL
from zhicheng.core.clock.due import local
from zhicheng.ground.cards.models import Card
from zhicheng.ground.cards.services import issue_cards
from zhicheng.ground.proceedings.api import Proceeding

THURSDAY = datetime(2026, 5, 7, 10, tzinfo=LOCAL)
MONDAY = date(2026, 5, 11)


def noon(day: int) -> datetime:
    return datetime(2026, 5, day, 12, tzinfo=LOCAL)


@pytest.fixture
def received(complaint: Complaint, city: City) -> Case:
    return open_case(complaint=complaint, now=THURSDAY).case


def cards(case: Case) -> list[str]:
    return list(Card.objects.filter(proceeding=housing_of(case)).order_by("id").values_list("colour", flat=True))


def due(case: Case) -> datetime:
    at = Proceeding.objects.get(id=housing_of(case).id).due_at
    assert at is not None
    return at


def test_three_working_days_are_friday_saturday_and_monday(received: Case) -> None:
    assert local(due(received)).date() == MONDAY


def test_an_ordinary_saturday_is_not_counted(complaint: Complaint, city: City) -> None:
    """The week after, the same three days end on Tuesday."""
    case = open_case(complaint=complaint, now=THURSDAY.replace(day=14)).case
    assert local(due(case)).date() == date(2026, 5, 19)


def test_the_yellow_card_comes_on_the_saturday_before_and_the_red_one_on_tuesday(received: Case) -> None:
    issue_cards(now=noon(8))
    assert cards(received) == []
    issue_cards(now=noon(9))
    assert cards(received) == ["yellow"]
    issue_cards(now=noon(11))
    assert cards(received) == ["yellow"]
    issue_cards(now=noon(12))
    assert cards(received) == ["yellow", "red"]


def test_what_stands_still_over_the_saturday_gains_it(received: Case, city: City) -> None:
    """Paused on Friday and resumed on Monday: two working days, Friday and Saturday, did not run."""
    step(received, "accept", city.staff(1, Role.CLERK), THURSDAY)
    before, officer = local(due(received)).date(), city.staff(2, Role.OFFICER)
    step(received, "pause", officer, noon(8), why="testing", note="芯样送检")
    step(received, "resume", officer, noon(11))
    after = local(due(received)).date()
    assert [one.isoformat() for one in (before, after)] == ["2026-05-20", "2026-05-22"]
