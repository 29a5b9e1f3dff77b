"""Moving a proceeding: what is allowed, what is refused, and that a refusal changes nothing."""

from datetime import date, datetime, timedelta

import pytest

from zhicheng.core.access import Actor, Part, Role
from zhicheng.core.process import Process
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.packs.api import Term, forget_loaded
from zhicheng.ground.personal.api import PersonalText
from zhicheng.ground.proceedings.api import (
    Proceeding,
    Step,
    StepConflict,
    StepRefused,
    advance,
    open_proceeding,
    read_situation,
    steps_offered,
)
from zhicheng.ground.proceedings.models import Clock
from zhicheng.ground.proceedings.services import lapse

from .conftest import Bodies, staff


def due_on(letter: int) -> date | None:
    """The day that the next clock ends on."""
    due = Proceeding.objects.get(id=letter).due_at
    return due.astimezone().date() if due else None


def test_opening_writes_proceeding_step_entry_clock_and_participant(letter: int, bodies: Bodies) -> None:
    proceeding = Proceeding.objects.get(id=letter)
    assert (proceeding.state, proceeding.last_step, proceeding.holder_id) == ("received", 1, bodies.county.id)
    assert [p.part for p in proceeding.participants.all()] == [Part.LEAD]
    assert [c.limit_key for c in proceeding.clocks.all()] == ["letter.ask"]
    assert Step.objects.get(proceeding=letter).entry.act == "open"


def test_a_step_moves_the_proceeding_and_is_one_ledger_entry(letter: int, clerk: Actor, now: datetime) -> None:
    advance(proceeding=letter, verb="refuse", by=clerk, now=now, data={"reason": "not a letter"})
    proceeding = Proceeding.objects.get(id=letter)
    assert (proceeding.state, proceeding.ending, proceeding.due_at) == ("refused", "final", None)
    assert list(Entry.objects.filter(subject_kind="test_letter").values_list("number", "act")) == [
        (1, "open"),
        (2, "refuse"),
    ]


def test_text_is_kept_apart_and_the_step_holds_its_hash(letter: int, clerk: Actor, now: datetime) -> None:
    advance(proceeding=letter, verb="refuse", by=clerk, now=now, data={"reason": "Herr Wang, 13800000000"})
    step = Step.objects.get(proceeding=letter, number=2)
    text = PersonalText.objects.get(subject_kind="proceeding", subject_id=letter)
    assert step.data == {"reason": {"text": text.hash}}
    assert b"13800000000" not in bytes(step.entry.body)


@pytest.mark.parametrize(
    ("verb", "data", "message"),
    [
        ("refuse", {}, "“Reason” is missing."),
        ("refuse", {"reason": "  "}, "“Reason” is missing."),
        ("refuse", {"reason": "x" * 2001}, "“Reason” has 2001 characters; at most 2000 are allowed."),
        ("refuse", {"reason": "no", "colour": "red"}, "This step does not ask for “colour”."),
        ("ask", {"company": 0, "due_on": date(2026, 12, 1)}, "“Company” names an organization that does not"),
        ("report", {}, "This step cannot be taken while the matter is in the state “received”."),
        ("fly", {}, "This step cannot be taken while the matter is in the state “received”."),
    ],
)
def test_a_refused_step_says_why_and_changes_nothing(
    letter: int, clerk: Actor, now: datetime, verb: str, data: dict[str, object], message: str
) -> None:
    with pytest.raises(StepRefused, match=message.replace("?", r"\?")):
        advance(proceeding=letter, verb=verb, by=clerk, now=now, data=data)
    assert Proceeding.objects.get(id=letter).last_step == 1
    assert not PersonalText.objects.exists()


def test_every_wrong_field_is_named_at_once(letter: int, clerk: Actor, now: datetime) -> None:
    with pytest.raises(StepRefused) as refused:
        advance(proceeding=letter, verb="ask", by=clerk, now=now, data={"due_on": date(2026, 11, 1)})
    assert {refusal.field for refusal in refused.value.refusals} == {"company", "due_on"}


def test_a_role_that_the_table_does_not_name_is_refused(
    letter: int, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer = staff(2, Role.OFFICER, bodies.county, county)
    with pytest.raises(StepRefused, match="Your role does not allow"):
        advance(proceeding=letter, verb="refuse", by=officer, now=now, data={"reason": "no"})


def test_a_proceeding_out_of_scope_does_not_exist(letter: int, bodies: Bodies, now: datetime) -> None:
    stranger = Actor("user:9", "stranger")
    with pytest.raises(Proceeding.DoesNotExist):
        advance(proceeding=letter, verb="refuse", by=stranger, now=now, data={"reason": "no"})


def test_the_same_step_twice_is_a_conflict_that_knows_itself(letter: int, clerk: Actor, now: datetime) -> None:
    advance(proceeding=letter, verb="test", by=clerk, now=now, expected_number=1)
    with pytest.raises(StepConflict) as conflict:
        advance(proceeding=letter, verb="test", by=clerk, now=now, expected_number=1)
    assert conflict.value.repeated
    assert Proceeding.objects.get(id=letter).last_step == 2


def test_the_same_step_with_other_words_is_another_step(letter: int, clerk: Actor, now: datetime) -> None:
    first = {"reason": "the roof is not the tenant's"}
    advance(proceeding=letter, verb="note", by=clerk, now=now, data=first, expected_number=1)
    for data, repeated in ((first, True), ({"reason": " " + first["reason"]}, True), ({"reason": "x"}, False)):
        with pytest.raises(StepConflict) as conflict:
            advance(proceeding=letter, verb="note", by=clerk, now=now, data=data, expected_number=1)
        assert conflict.value.repeated is repeated


def test_a_step_that_comes_again_after_others_is_known(letter: int, clerk: Actor, now: datetime) -> None:
    data = {"reason": "first"}
    advance(proceeding=letter, verb="note", by=clerk, now=now, data=data, expected_number=1)
    advance(proceeding=letter, verb="note", by=clerk, now=now, data={"reason": "second"}, expected_number=2)
    with pytest.raises(StepConflict) as conflict:
        advance(proceeding=letter, verb="note", by=clerk, now=now, data=data, expected_number=1)
    assert conflict.value.repeated


def test_a_transfer_hands_over_and_a_return_hands_back(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    advance(proceeding=letter, verb="transfer", by=clerk, now=now, data={"body": bodies.city.id})
    assert Proceeding.objects.get(id=letter).holder_id == bodies.city.id
    parts = dict(Proceeding.objects.get(id=letter).participants.values_list("organization_id", "part"))
    assert parts == {bodies.county.id: Part.FORMER, bodies.city.id: Part.LEAD}
    with pytest.raises(StepRefused):
        advance(proceeding=letter, verb="refuse", by=clerk, now=now, data={"reason": "not mine any more"})
    city_clerk = staff(3, Role.CLERK, bodies.city, county)
    advance(proceeding=letter, verb="return", by=city_clerk, now=now)
    assert Proceeding.objects.get(id=letter).holder_id == bodies.county.id


def test_a_pause_stops_the_clock_and_resuming_moves_the_due_day(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer = staff(2, Role.OFFICER, bodies.county, county)
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    assert due_on(letter) == date(2026, 12, 7)
    tomorrow = now + timedelta(days=1)
    advance(proceeding=letter, verb="pause", by=officer, now=tomorrow, data={"reason": "at the lab"})
    assert due_on(letter) is None
    assert Proceeding.objects.get(id=letter).paused
    advance(proceeding=letter, verb="resume", by=officer, now=now + timedelta(days=3))
    assert due_on(letter) == date(2026, 12, 9)


def test_an_extension_is_asked_for_and_approved_by_somebody_else(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer, leader = (staff(n, role, bodies.county, county) for n, role in ((2, Role.OFFICER), (4, Role.LEADER)))
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    with pytest.raises(StepRefused, match="Nobody has requested this"):
        advance(proceeding=letter, verb="extend", by=leader, now=now)
    advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "the lab is full"})
    with pytest.raises(StepRefused, match="requested already"):
        advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "again"})
    advance(proceeding=letter, verb="extend", by=leader, now=now)
    assert due_on(letter) == date(2026, 12, 14)


def test_a_limit_is_extended_once_and_nobody_asks_a_leader_in_vain(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer, leader = (staff(n, role, bodies.county, county) for n, role in ((2, Role.OFFICER), (4, Role.LEADER)))
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "the lab is full"})
    advance(proceeding=letter, verb="extend", by=leader, now=now)
    with pytest.raises(StepRefused, match="extended once already"):
        advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "again"})
    advance(proceeding=letter, verb="supplement", by=officer, now=now)
    advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "anew"})


def test_what_is_supplemented_starts_its_limits_anew(
    letter: int, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    officer, leader = (staff(n, role, bodies.county, county) for n, role in ((2, Role.OFFICER), (4, Role.LEADER)))
    advance(proceeding=letter, verb="test", by=clerk, now=now)
    advance(proceeding=letter, verb="request_extend", by=officer, now=now, data={"reason": "the lab is full"})
    advance(proceeding=letter, verb="extend", by=leader, now=now)
    assert due_on(letter) == date(2026, 12, 14)
    advance(proceeding=letter, verb="supplement", by=officer, now=now + timedelta(days=3))
    assert due_on(letter) == date(2026, 12, 10)
    clocks = Clock.objects.filter(proceeding=letter, limit_key="letter.report").order_by("id")
    assert [(clock.extended_by, clock.ended_at is None) for clock in clocks] == [(5, False), (0, True)]


@pytest.mark.parametrize(("opened_on", "offered", "ended"), [(1, "old", "new"), (20, "new", "old")])
def test_a_matter_keeps_the_grounds_of_the_day_it_was_opened(
    letter_process: Process, limits: None, bodies: Bodies, county: Area, clerk: Actor, now: datetime,
    opened_on: int, offered: str, ended: str,
) -> None:  # fmt: skip
    for code, first, last in (("old", date(2020, 1, 1), date(2026, 11, 9)), ("new", date(2026, 11, 10), None)):
        Term.objects.create(
            catalogue="letter.ground", code=code, zh=f"理由{code}", en=code, valid_from=first, valid_to=last
        )
    forget_loaded()
    officer = staff(2, Role.OFFICER, bodies.county, county)
    opened = now.replace(day=opened_on)
    proceeding = open_proceeding(
        process=letter_process,
        subject=("test_letter", 9),
        area=county,
        holder=bodies.county.id,
        by=clerk,
        now=opened,
    )
    data = {"company": bodies.company.id, "due_on": date(2026, 12, 1)}
    advance(proceeding=proceeding, verb="ask", by=clerk, now=now, data=data)
    with pytest.raises(StepRefused, match=f"“{ended}” is not one of the terms"):
        advance(proceeding=proceeding, verb="drop", by=officer, now=now, data={"ground": ended})
    advance(proceeding=proceeding, verb="drop", by=officer, now=now, data={"ground": offered})
    assert Proceeding.objects.get(id=proceeding).state == "refused"


def test_a_promise_that_lapses_goes_back_by_itself(
    letter: int, clerk: Actor, bodies: Bodies, now: datetime
) -> None:
    data = {"company": bodies.company.id, "due_on": date(2026, 11, 30)}
    advance(proceeding=letter, verb="ask", by=clerk, now=now, data=data)
    assert due_on(letter) == date(2026, 11, 30)
    assert not lapse(letter, now=now + timedelta(days=7))
    assert lapse(letter, now=now + timedelta(days=8))
    proceeding = Proceeding.objects.get(id=letter)
    assert proceeding.state == "received"
    assert proceeding.steps.get(number=3).actor == "system:rules"


def test_only_steps_that_the_table_offers_are_offered(letter: int, clerk: Actor, now: datetime) -> None:
    situation = read_situation(letter)
    assert situation is not None
    offered = [step.verb for step in steps_offered(situation, clerk, now)]
    assert offered == ["ask", "note", "test", "refuse", "transfer", "involve"]
