"""Clocks that run out by themselves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from zhicheng.core.access import Actor
from zhicheng.ground.areas.api import Area
from zhicheng.ground.proceedings import tasks
from zhicheng.ground.proceedings.api import Proceeding, Step, advance, open_proceeding
from zhicheng.ground.proceedings.tasks import lapse_overdue

from .conftest import LETTER, Bodies

LATER = timedelta(days=10)


@pytest.fixture
def promise(letter: int, bodies: Bodies, county: Area, clerk: Actor, now: datetime) -> Callable[[int], int]:
    """Opens a letter about a subject and has the company asked for an answer within a week."""

    def made(subject_id: int) -> int:
        proceeding = open_proceeding(
            process=LETTER, subject=("test_letter", subject_id), area=county, holder=bodies.county.id, by=clerk,
            now=now,
        )  # fmt: skip
        data = {"company": bodies.company.id, "due_on": date(2026, 11, 30)}
        advance(proceeding=proceeding, verb="ask", by=clerk, now=now, data=data)
        return proceeding

    return made


def test_what_is_overdue_lapses_and_what_is_not_stays(
    promise: Callable[[int], int], letter: int, now: datetime
) -> None:
    promised = promise(2)
    assert lapse_overdue(now=now + timedelta(days=1)) == 0
    assert lapse_overdue(now=now + LATER) == 1
    assert Proceeding.objects.get(id=promised).state == "received"
    assert Step.objects.filter(proceeding=promised).latest("number").actor == "system:rules"
    assert Step.objects.filter(proceeding=letter).count() == 1
    assert lapse_overdue(now=now + LATER) == 0


def test_a_failure_does_not_stop_the_others(
    promise: Callable[[int], int], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (promise(subject) for subject in (2, 3, 4))
    honest = tasks.lapse

    def failing(proceeding: int, *, now: datetime) -> bool:
        if proceeding == second:
            raise RuntimeError("no such luck")
        return honest(proceeding, now=now)

    monkeypatch.setattr(tasks, "lapse", failing)
    monkeypatch.setattr(tasks, "BATCH", 1)
    with capture_logs() as lines:
        assert lapse_overdue(now=now + LATER) == 2
    states = dict(Proceeding.objects.values_list("id", "state"))
    assert [states[one] for one in (first, second, third)] == ["received", "promised", "received"]
    assert [(line["event"], line["proceeding"]) for line in lines] == [("a clock could not lapse", second)]


def test_a_step_waits_for_its_own_clock_and_not_for_another_of_its_state(
    letter: int, bodies: Bodies, clerk: Actor, now: datetime
) -> None:
    """The limit of the state passes long before the date that was promised: nothing lapses yet."""
    data = {"company": bodies.company.id, "due_on": date(2026, 12, 20)}
    advance(proceeding=letter, verb="ask", by=clerk, now=now, data=data)
    overdue = now + timedelta(days=18)
    proceeding = Proceeding.objects.get(id=letter)
    assert proceeding.due_at is not None
    assert proceeding.due_at < overdue
    assert lapse_overdue(now=overdue) == 0
    assert lapse_overdue(now=now + timedelta(days=28)) == 1
