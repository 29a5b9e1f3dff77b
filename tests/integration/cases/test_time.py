"""The time of a complaint about a home: it stands still for reasons, is extended once, bounds a return."""

from datetime import date, datetime, timedelta

import pytest

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, housing_of
from zhicheng.core.access import Role
from zhicheng.core.clock.due import local
from zhicheng.ground.proceedings.api import StepRefused


def due_on(case: Case) -> date | None:
    due = housing_of(case).due_at
    return local(due).date() if due else None


def test_the_analysis_stands_still_while_a_laboratory_tests(case: Case, city: City, now: datetime) -> None:
    officer = city.staff(2, Role.OFFICER)
    step(case, "accept", city.staff(1, Role.CLERK), now)
    before = due_on(case)
    assert before is not None
    with pytest.raises(StepRefused, match="does not stand still"):
        step(case, "resume", officer, now)
    with pytest.raises(StepRefused, match="not one of the terms"):
        step(case, "pause", officer, now, why="holiday")
    step(case, "pause", officer, now, why="testing", note="芯样送检")
    assert (due_on(case), housing_of(case).paused) == (None, True)
    with pytest.raises(StepRefused, match="stands still already"):
        step(case, "pause", officer, now, why="testing")
    step(case, "resume", officer, now + timedelta(days=7))
    assert due_on(case) == before + timedelta(days=4), "from Tuesday to Friday nothing was counted"


def test_a_leader_extends_the_analysis_once(case: Case, city: City, now: datetime) -> None:
    officer, leader = city.staff(2, Role.OFFICER), city.staff(3, Role.LEADER)
    step(case, "accept", city.staff(1, Role.CLERK), now)
    before = due_on(case)
    step(case, "request_extend", officer, now, reason="须请专家")
    step(case, "extend", leader, now)
    after = due_on(case)
    assert before is not None
    assert after is not None
    assert after > before
    with pytest.raises(StepRefused, match="extended once already"):
        step(case, "request_extend", officer, now, reason="还须再等")


@pytest.mark.parametrize(("days", "passes"), [(1, True), (8, False)])
def test_what_was_transferred_is_returned_soon_or_not_at_all(
    case: Case, city: City, now: datetime, days: int, passes: bool
) -> None:
    """Two working days from the transfer, however long the matter lay elsewhere before."""
    later, receiver = now + timedelta(days=30), city.staff(11, Role.CLERK, city.superior)
    step(case, "transfer", city.staff(1, Role.CLERK), later, body=city.superior.id, why="to_superior")
    if passes:
        step(case, "return", receiver, later + timedelta(days=days), why="wrong_body")
        assert housing_of(case).holder == city.bureau
    else:
        with pytest.raises(StepRefused, match="This could be done until"):
            step(case, "return", receiver, later + timedelta(days=days), why="wrong_body")
