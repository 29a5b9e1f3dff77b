"""A year whose holidays nobody has announced: it cannot be ordered for, and what runs to it stays readable."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, Complaint, build_page, housing_of, open_case
from zhicheng.cases.lists import rows_in_loop, with_current
from zhicheng.core.access import Role
from zhicheng.core.clock import LOCAL, UnknownYear
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import CalendarYear
from zhicheng.ground.proceedings.api import StepRefused

ORDERED = datetime(2027, 8, 2, 9, tzinfo=LOCAL)
DUE = date(2028, 1, 20)


@pytest.fixture(autouse=True)
def _known_years(city: City) -> Iterator[None]:
    """The nation has stated 2027, and not 2028."""
    CalendarYear.objects.filter(year__gt=2027).delete()
    forget_loaded()
    yield
    forget_loaded()


@pytest.fixture
def accepted(complaint: Complaint, city: City) -> Case:
    case = open_case(complaint=complaint, now=ORDERED).case
    step(case, "accept", city.staff(1, Role.CLERK), ORDERED)
    return case


def order(case: Case, city: City, due_on: date) -> None:
    step(
        case, "order", city.staff(2, Role.OFFICER), ORDERED, cause="workmanship", company=city.builder.id,
        due_on=due_on, requirement="返工",
    )  # fmt: skip


def test_a_date_to_which_nobody_can_count_is_refused(accepted: Case, city: City) -> None:
    with pytest.raises(StepRefused) as refused:
        order(accepted, city, DUE)
    (refusal,) = refused.value.refusals
    assert (refusal.field, refusal.params["year"], refusal.params["last"]) == ("due_on", 2028, date(2027, 12, 31))
    order(accepted, city, date(2027, 12, 31))


def test_what_runs_to_it_nevertheless_shows_its_date_alone(accepted: Case, city: City) -> None:
    """As if the year had been taken out of the pack again."""
    CalendarYear.objects.create(year=2028, holidays=["2028-01-01"], workdays=[])
    forget_loaded()
    order(accepted, city, DUE)
    step(accepted, "promise", city.company(city.builder), ORDERED, promised_on=DUE)
    CalendarYear.objects.filter(year=2028).delete()
    forget_loaded()
    officer = city.staff(2, Role.OFFICER)
    assert build_page(case=accepted, actor=officer, now=ORDERED)
    (row,) = with_current(list(rows_in_loop(officer)), officer)
    assert row.clock is not None
    assert (row.clock.due[:10], row.clock.text) == ("2028-01-20", "")


def test_a_step_whose_limit_would_run_into_it_changes_nothing(complaint: Complaint, city: City) -> None:
    opened = datetime(2027, 12, 20, 9, tzinfo=LOCAL)
    case = open_case(complaint=complaint, now=opened).case
    entries = len(list_entries(("case", case.id)))
    with pytest.raises(UnknownYear, match="2028"):
        step(case, "accept", city.staff(1, Role.CLERK), opened.replace(day=22))
    held = housing_of(case)
    assert (held.state, held.last_step, len(list_entries(("case", case.id)))) == ("received", 1, entries)
    CalendarYear.objects.create(year=2028, holidays=["2028-01-01"], workdays=[])
    forget_loaded()
    step(case, "accept", city.staff(1, Role.CLERK), opened.replace(day=22))
    assert housing_of(case).state == "accepted"


def test_nothing_is_opened_whose_limit_would_run_into_it(complaint: Complaint, city: City) -> None:
    with pytest.raises(UnknownYear, match="2028"):
        open_case(complaint=complaint, now=datetime(2027, 12, 31, 9, tzinfo=LOCAL))
    assert not Case.objects.exists()
