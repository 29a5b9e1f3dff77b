"""Several people at once: exactly one of them moves the matter, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connections

from zhicheng.core.access import Actor, Role
from zhicheng.core.process import Process
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import list_entries, record
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.proceedings.api import Proceeding, Step, StepConflict, StepRefused, advance, open_proceeding

from .conftest import Bodies, staff

pytestmark = pytest.mark.data_layer
PEOPLE = 4


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, because threads have connections of their own."""


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Does everything at the same time, each in a thread with its own connection; exceptions are results too."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return act()
        except (StepRefused, StepConflict) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.parametrize(("seen", "loser"), [(None, StepRefused), (1, StepConflict)])
def test_exactly_one_takes_the_step(
    letter: int, clerk: Actor, now: datetime, seen: int | None, loser: type[Exception]
) -> None:
    def take() -> object:
        return advance(proceeding=letter, verb="test", by=clerk, now=now, expected_number=seen)

    results = all_at_once([take] * PEOPLE)
    assert sum(isinstance(result, loser) for result in results) == PEOPLE - 1
    assert Proceeding.objects.get(id=letter).last_step == 2
    assert list(Step.objects.filter(proceeding=letter).values_list("verb", flat=True)) == ["open", "test"]
    assert [entry.act for entry in list_entries(("test_letter", 1))] == ["open", "test"]
    assert verify().sound


def test_two_different_steps_from_one_state_do_not_both_happen(letter: int, clerk: Actor, now: datetime) -> None:
    def take(verb: str, data: dict[str, str]) -> Callable[[], object]:
        return lambda: advance(proceeding=letter, verb=verb, by=clerk, now=now, data=data)

    results = all_at_once([take("test", {}), take("refuse", {"reason": "no"})])
    assert sum(isinstance(result, StepRefused) for result in results) == 1
    assert Proceeding.objects.get(id=letter).last_step == 2


def test_steps_that_do_not_exclude_each_other_all_happen(
    letter: int, clerk: Actor, bodies: Bodies, now: datetime
) -> None:
    def involve() -> object:
        return advance(proceeding=letter, verb="involve", by=clerk, now=now, data={"body": bodies.city.id})

    assert not any(isinstance(result, Exception) for result in all_at_once([involve] * PEOPLE))
    assert Proceeding.objects.get(id=letter).last_step == 1 + PEOPLE
    assert verify().sound


def test_two_matters_of_one_record_do_not_wait_for_each_other(
    letter_process: Process, letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    """Each step settles the whole record and adds to its one chain: the order of locks must not cross."""
    other = open_proceeding(
        process=letter_process, subject=("test_letter", 1), area=county, holder=bodies.county.id, by=clerk, now=now
    )
    officer = staff(2, Role.OFFICER, bodies.county, county)
    for matter in (letter, other):
        advance(proceeding=matter, verb="test", by=clerk, now=now)

    def come_and_go(matter: int) -> Callable[[], object]:
        def act() -> None:
            for _ in range(10):
                advance(proceeding=matter, verb="pause", by=officer, now=now, data={"reason": "away"})
                advance(proceeding=matter, verb="resume", by=officer, now=now)

        return act

    assert all_at_once([come_and_go(letter), come_and_go(other)]) == [None, None]
    assert list(Proceeding.objects.order_by("id").values_list("last_step", flat=True)) == [22, 22]
    assert verify().sound


def test_one_chain_takes_entries_one_after_another(database: None, officer: Actor, now: datetime) -> None:
    def write() -> None:
        for number in range(10):
            record(subject=("case", 7), act=f"act_{number}", by=officer, now=now, body={})

    all_at_once([write] * PEOPLE)
    assert [entry.number for entry in list_entries(("case", 7))] == list(range(1, 10 * PEOPLE + 1))
    assert verify().sound
