"""Every guard of the case's loop and of housing quality, refusing and letting pass."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from zhicheng.cases.rectification.rules import later_than_ordered, within_the_order
from zhicheng.cases.rules import (
    CALLS_BEFORE_UNREACHABLE,
    called_often_enough,
    every_proceeding_ended,
    matches_anonymity,
    not_the_handler,
    since_opening,
    still_told,
    within_reopening_limit,
)
from zhicheng.core.process import Context, Taken

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def context(*verbs: str, facts: dict[str, Any] | None = None, by: str = "user:1", **data: Any) -> Context:
    history = tuple(Taken(verb, "user:5", NOW, {}) for verb in verbs)
    return Context(now=NOW, actor_key=by, state="any", history=history, facts=facts or {}, data=data)


def ordered(*steps: tuple[str, dict[str, Any]], **data: Any) -> Context:
    history = tuple(Taken(verb, "user:5", NOW, given) for verb, given in steps)
    return Context(now=NOW, actor_key="user:1", state="ordered", history=history, data=data)


ORDER = ("order", {"due_on": "2026-12-24"})


@pytest.mark.parametrize(("day", "passes"), [(date(2026, 12, 23), True), (date(2026, 12, 24), True),
                                             (date(2026, 12, 25), False), (date(2027, 1, 1), False)])  # fmt: skip
def test_a_promise_keeps_to_the_order(day: date, passes: bool) -> None:
    refusal = within_the_order(ordered(ORDER, promised_on=day))
    assert (refusal is None) is passes
    if refusal:
        assert (refusal.field, "2026-12-24" in str(refusal)) == ("promised_on", True)


def test_a_promise_keeps_to_the_latest_order() -> None:
    sent_back = ("refuse", {"due_on": "2027-02-01"})
    assert within_the_order(ordered(ORDER, sent_back, promised_on=date(2027, 1, 31))) is None
    again = ("order", {"due_on": "2026-12-01"})
    assert within_the_order(ordered(sent_back, again, promised_on=date(2026, 12, 2))) is not None


@pytest.mark.parametrize(("day", "passes"), [(date(2026, 12, 24), False), (date(2026, 12, 25), True)])
def test_a_postponement_gives_more_time(day: date, passes: bool) -> None:
    refusal = later_than_ordered(ordered(ORDER, due_on=day))
    assert (refusal is None) is passes
    if refusal:
        assert (refusal.field, "2026-12-24" in str(refusal)) == ("due_on", True)
    assert later_than_ordered(ordered(ORDER)) is None
    assert later_than_ordered(ordered(due_on=day)) is None


def test_the_button_is_offered_before_a_date_is_given() -> None:
    assert within_the_order(ordered(ORDER)) is None


@pytest.mark.parametrize(
    ("endings", "passes"),
    [((), False), (("final",), True), (("open",), False), (("final", "open"), False), (("final", "final"), True),
     (("resting",), False), (("final", "resting"), False)],
)  # fmt: skip
def test_a_case_is_called_back_when_every_proceeding_has_ended(endings: tuple[str, ...], passes: bool) -> None:
    assert (every_proceeding_ended(context(facts={"endings": endings})) is None) is passes


def test_nobody_calls_back_about_their_own_work() -> None:
    facts = {"handlers": frozenset({"user:1", "user:2"})}
    assert not_the_handler(context(facts=facts, by="user:1")) is not None
    assert not_the_handler(context(facts=facts, by="user:3")) is None


@pytest.mark.parametrize("unanswered", range(5))
def test_unreachable_takes_several_calls(unanswered: int) -> None:
    refusal = called_often_enough(context("open", *["try_again"] * unanswered, outcome="unreachable"))
    assert (refusal is None) is (unanswered + 1 >= CALLS_BEFORE_UNREACHABLE)
    if refusal:
        assert refusal.field == "outcome"
        assert f"so far there are {unanswered}" in str(refusal)


def test_calls_of_an_earlier_round_do_not_count() -> None:
    for reopening in ("reopen", "dispute"):
        earlier = context(
            "open", "try_again", "try_again", reopening, "finish", "try_again", outcome="unreachable"
        )
        assert called_often_enough(earlier) is not None
        assert [taken.verb for taken in since_opening(earlier)] == [reopening, "finish", "try_again"]


@pytest.mark.parametrize("outcome", ["satisfied", "rather_satisfied", "declined", "anonymous", None])
def test_any_other_outcome_takes_no_calls_before(outcome: str | None) -> None:
    given = context("open", outcome=outcome) if outcome else context("open")
    assert called_often_enough(given) is None


@pytest.mark.parametrize(
    ("outcome", "has_contact", "passes"),
    [
        ("anonymous", True, False),
        ("anonymous", False, True),
        ("satisfied", True, True),
        ("unreachable", False, True),
    ],
)
def test_only_a_case_without_a_number_has_nobody_to_call(outcome: str, has_contact: bool, passes: bool) -> None:
    refusal = matches_anonymity(context(facts={"has_contact": has_contact}, outcome=outcome))
    assert (refusal is None) is passes
    assert refusal is None or refusal.field == "outcome"


@pytest.mark.parametrize(
    ("until", "passes"),
    [(NOW, True), (NOW + timedelta(days=1), True), (NOW - timedelta(microseconds=1), False), (None, False)],
)
def test_a_case_is_reopened_within_its_limit(until: datetime | None, passes: bool) -> None:
    assert (within_reopening_limit(context(facts={"reopen_until": until})) is None) is passes


@pytest.mark.parametrize("erased", [True, False])
def test_what_was_deleted_cannot_be_complained_of_again(erased: bool) -> None:
    assert (still_told(context(facts={"erased": erased})) is None) is not erased
