"""Two acts upon one case at the same time: the second waits for the first, and neither is thrown away."""

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from PIL import Image

from zhicheng.cases.api import Case, housing_of, loop_of, reporter_of
from zhicheng.cases.exchange.files import add_files
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.proceedings import services
from zhicheng.ground.proceedings.api import Proceeding, Taking, advance, assign

from .conftest import City, step

Order = Callable[[Callable[[], object], Callable[[], object]], None]
pytestmark = pytest.mark.data_layer
WAITING = """
SELECT pg_stat_clear_snapshot(), EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')
"""


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, because threads have connections of their own."""


@pytest.fixture
def one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> Order:
    """Has the first act write its step, and go on only when the second waits for a lock."""

    def run(first: Callable[[], object], second: Callable[[], object]) -> None:
        written, follow_up = Event(), services._follow_up

        def pause(taking: Taking) -> None:
            if not written.is_set():
                written.set()
                until_somebody_waits()
            follow_up(taking)

        def after(act: Callable[[], object]) -> object:
            written.wait(timeout=10)
            return act()

        monkeypatch.setattr(services, "_follow_up", pause)
        with ThreadPoolExecutor(2) as threads:
            for act in [threads.submit(alone, first), threads.submit(alone, lambda: after(second))]:
                act.result(timeout=60)

    return run


def alone(act: Callable[[], object]) -> object:
    """Does the act with a connection of its own."""
    try:
        return act()
    finally:
        connections.close_all()


def until_somebody_waits() -> None:
    """Returns once another connection waits for a lock."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            cursor.execute(WAITING)
            if cursor.fetchone()[1]:
                return
        time.sleep(0.02)
    pytest.fail("nobody waits")


@pytest.fixture
def accepted(case: Case, city: City, now: datetime) -> Case:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    return case


@pytest.fixture
def dismissal(accepted: Case, city: City, now: datetime) -> Callable[[], object]:
    """The last step of the department, which lets the loop await its call."""
    housing = housing_of(accepted).id
    advance(
        proceeding=housing, verb="request_dismiss", by=city.staff(2, Role.OFFICER), now=now, data={"finding": "ok"}
    )
    return lambda: advance(proceeding=housing, verb="dismiss", by=city.staff(3, Role.LEADER), now=now)


def test_the_last_step_of_a_department_does_not_meet_a_step_of_the_loop(
    accepted: Case, dismissal: Callable[[], object], now: datetime, one_after_the_other: Order
) -> None:
    loop, reporter = loop_of(accepted).id, reporter_of(accepted)
    one_after_the_other(
        dismissal,
        lambda: advance(proceeding=loop, verb="supplement", by=reporter, now=now, data={"addition": "more"}),
    )
    assert (housing_of(accepted).state, loop_of(accepted).state) == ("unfounded", "awaiting_call")
    assert "supplement" in [entry.act for entry in list_entries(("case", accepted.id))]
    assert verify().sound


def test_the_last_step_of_a_department_does_not_meet_whoever_assigns_the_loop(
    accepted: Case, city: City, dismissal: Callable[[], object], now: datetime, one_after_the_other: Order
) -> None:
    handler = User.objects.create(username="handler", name="Li", organization=city.bureau)
    Proceeding.objects.filter(id=loop_of(accepted).id).update(assignee=handler)

    def give_back() -> None:
        with pytest.raises(Refused, match="say who handles it"):
            assign(
                proceeding=loop_of(accepted).id, to=None, seen=handler.pk, by=city.staff(1, Role.CLERK), now=now
            )

    one_after_the_other(dismissal, give_back)
    assert loop_of(accepted).state == "awaiting_call"


def test_a_step_that_names_a_company_does_not_meet_whoever_adds_a_file(
    accepted: Case, city: City, now: datetime, one_after_the_other: Order
) -> None:
    content = io.BytesIO()
    Image.new("RGB", (50, 50)).save(content, "JPEG")
    photo = SimpleUploadedFile("a.jpg", content.getvalue(), "image/jpeg")
    ordered = {
        "cause": "workmanship", "company": city.builder.id, "due_on": (now + timedelta(days=20)).date(),
        "requirement": "x",
    }  # fmt: skip

    def order() -> None:
        step(accepted, "order", city.staff(2, Role.OFFICER), now, **ordered)

    def add() -> None:
        assert len(add_files(case=accepted, uploads=[photo], by=reporter_of(accepted), now=now)) == 1

    one_after_the_other(order, add)
    assert Case.objects.get(id=accepted.id).company == city.builder
    assert verify().sound
