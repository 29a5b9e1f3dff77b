"""What a step changes besides the state: who takes part, which clocks run, in whose name it was taken."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from zhicheng.core.access import Actor, Part, Reach, Role
from zhicheng.core.process import Context, Need, NeedKind, Process, Refusal, Step, final, open_
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import Proceeding, StepRefused, advance, open_proceeding, register_process
from zhicheng.ground.proceedings.services import lapse

from .conftest import Bodies, staff


def parts(letter: int) -> dict[int, str]:
    return dict(Proceeding.objects.get(id=letter).participants.values_list("organization_id", "part"))


def company(body: Organization, area: Area) -> Actor:
    return staff(7, Role.COMPANY, body, area)


def test_whoever_is_invited_later_answers_alone(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    other = Organization.objects.create(name="other", sort_key="other", kind="company", area=county)
    data = {"company": bodies.company.id, "due_on": date(2026, 11, 24)}
    advance(proceeding=letter, verb="ask", by=clerk, now=now, data=data)
    assert lapse(letter, now=now + timedelta(days=3))
    later = now + timedelta(days=4)
    again = {"company": other.id, "due_on": date(2026, 12, 24)}
    advance(proceeding=letter, verb="ask", by=clerk, now=later, data=again)
    assert parts(letter) == {
        bodies.county.id: Part.LEAD, bodies.company.id: Part.FORMER, other.id: Part.RESPONDENT
    }  # fmt: skip
    with pytest.raises(StepRefused, match="Your role does not allow"):
        advance(
            proceeding=letter, verb="answer", by=company(bodies.company, county), now=later, data={"reason": "x"}
        )
    advance(proceeding=letter, verb="answer", by=company(other, county), now=later, data={"reason": "x"})


def test_the_same_company_may_be_invited_again(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    data = {"company": bodies.company.id, "due_on": date(2026, 11, 24)}
    advance(proceeding=letter, verb="ask", by=clerk, now=now, data=data)
    assert lapse(letter, now=now + timedelta(days=3))
    data["due_on"] = date(2026, 12, 24)
    advance(proceeding=letter, verb="ask", by=clerk, now=now + timedelta(days=4), data=data)
    assert parts(letter)[bodies.company.id] == Part.RESPONDENT


def test_a_pause_does_not_hide_what_is_overdue(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer = staff(2, Role.OFFICER, bodies.county, county)
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    due_at = Proceeding.objects.get(id=letter).due_at
    assert due_at is not None
    advance(proceeding=letter, verb="pause", by=officer, now=due_at + timedelta(days=2), data={"reason": "late"})
    paused = Proceeding.objects.get(id=letter)
    assert (paused.due_at, paused.paused) == (due_at, True)


def test_a_second_pause_is_refused(letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime) -> None:
    officer = staff(2, Role.OFFICER, bodies.county, county)
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    advance(proceeding=letter, verb="pause", by=officer, now=now + timedelta(days=1), data={"reason": "away"})
    with pytest.raises(StepRefused, match="stands still already"):
        advance(proceeding=letter, verb="pause", by=officer, now=now + timedelta(days=2), data={"reason": "away"})
    advance(proceeding=letter, verb="resume", by=officer, now=now + timedelta(days=3))
    proceeding = Proceeding.objects.get(id=letter)
    (clock,) = proceeding.clocks.filter(ended_at__isnull=True)
    assert (proceeding.paused, len(clock.pauses)) == (False, 1)
    assert clock.due_at is not None
    assert clock.due_at.astimezone().date() == date(2026, 12, 9)


def soon(context: Context) -> Refusal | None:
    """A guard that trusts its data, as guards may."""
    day = context.data.get("day")
    return Refusal("Too late.", field="day") if day is not None and day > date(2026, 12, 1) else None


@pytest.fixture
def dated(letter_process: Process, bodies: Bodies, county: Area, clerk: Actor, now: datetime) -> Iterator[int]:
    """A proceeding that a clerk or an officer ends on a day."""
    waiting, done = open_("waiting", Role.CLERK), final("done")
    day = Need("day", NeedKind.DATE, "Day")
    end = Step("end", waiting >> done, (Role.CLERK, Role.OFFICER), needs=(day,), guards=(soon,))
    process = replace(letter_process, key="test_dated", states=(waiting, done), steps=(end,))
    register_process(process)
    yield open_proceeding(
        process=process, subject=("test_letter", 1), area=county, holder=bodies.county.id, by=clerk, now=now
    )
    del registry._processes["test_dated"]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-12-01", "“Day” must be a date"), (None, "“Day” is missing"), (date(2026, 12, 31), "Too late")],
)
def test_a_guard_meets_only_data_that_was_checked(
    dated: int, clerk: Actor, now: datetime, day: object, said: str
) -> None:
    with pytest.raises(StepRefused, match=said):
        advance(proceeding=dated, verb="end", by=clerk, now=now, data={"day": day})


@pytest.mark.parametrize(("own", "named"), [((), True), ((Role.OFFICER,), False), ((Role.LEADER,), True)])
def test_a_step_names_the_giver_only_if_it_needed_the_loan(
    dated: int, bodies: Bodies, now: datetime, own: tuple[Role, ...], named: bool
) -> None:
    giver = User.objects.create(username="giver", name="Wang", password="!", organization=bodies.county)
    held = frozenset({bodies.county.id})
    reaches = (Reach(Role.CLERK, held, on_behalf_of=giver.id), *(Reach(role, held) for role in own))
    substitute = Actor("user:8", "Li", reaches)
    advance(proceeding=dated, verb="end", by=substitute, now=now, data={"day": date(2026, 12, 1)})
    step = Proceeding.objects.get(id=dated).steps.get(number=2)
    assert step.on_behalf_of == (giver if named else None)


def test_a_request_is_void_once_the_matter_has_moved_on(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer, leader = (staff(n, role, bodies.county, county) for n, role in ((2, Role.OFFICER), (4, Role.LEADER)))
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "full"})
    advance(proceeding=letter, verb="report", by=officer, now=now)
    advance(proceeding=letter, verb="reopen", by=clerk, now=now)
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    with pytest.raises(StepRefused, match="Nobody has requested this"):
        advance(proceeding=letter, verb="extend", by=leader, now=now)
