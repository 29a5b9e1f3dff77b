"""May this step be taken: the state, the role, the guards, in this order; and clocks, transfers, contexts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.access import Role
from zhicheng.core.process import (
    Automatic,
    ClockRule,
    Clocks,
    Context,
    DueBy,
    Effect,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    Taken,
    available,
    final,
    former_holder,
    open_,
    refusal_of,
    resting,
    staying,
    was_transferred,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
A, B, C = open_("a", Role.CLERK, "State A"), open_("b", Role.OFFICER), resting("c")
D = final("d")
DUE_ON = Need("due_on", NeedKind.DATE, "Due")


def says(text: str) -> Any:
    """A guard that refuses while the fact of that name is not true."""
    return lambda context: None if context.facts.get(text) else Refusal(text)


TABLE = Process(
    key="thing",
    label="Thing",
    in_force=date(2020, 1, 1),
    states=(A, B, C, D),
    steps=(
        Step("go", A >> B, (Role.CLERK, Role.OFFICER), needs=(DUE_ON,), within="thing.go"),
        Step("skip", (A | B) >> D, Role.OFFICER, guards=(says("one"), says("two")), within="thing.go"),
        Step("rest", B >> C, Role.OFFICER, within=DueBy("due_on")),
        Step("note", staying(A, B, C), Role.CLERK),
        Step("lapse", B >> A, automatic=Automatic.CLOCK_LAPSED, within=DueBy("due_on")),
        Step("wake", C >> A, Role.LEADER),
    ),
    spans=(ClockRule("thing.all", frozenset({"a", "b"})),),
)


def at(state: str, **facts: object) -> Context:
    return Context(now=NOW, actor_key="user:1", state=state, facts=facts)


def test_a_step_that_the_state_does_not_have_names_the_state() -> None:
    assert str(refusal_of(TABLE, "wake", at("a"), frozenset(Role))) == (
        "This step cannot be taken while the matter is in the state “State A”."
    )
    assert str(refusal_of(TABLE, "fly", at("a"), frozenset(Role))).startswith("This step cannot be taken")


def test_the_role_is_asked_before_the_guards() -> None:
    assert (
        str(refusal_of(TABLE, "skip", at("a"), frozenset({Role.CLERK})))
        == "Your role does not allow this step here."
    )
    assert refusal_of(TABLE, "go", at("a"), frozenset()) is not None


def test_the_first_guard_that_refuses_speaks() -> None:
    officer = frozenset({Role.OFFICER})
    assert str(refusal_of(TABLE, "skip", at("a"), officer)) == "one"
    assert str(refusal_of(TABLE, "skip", at("b", one=True), officer)) == "two"
    assert refusal_of(TABLE, "skip", at("b", one=True, two=True), officer) is None


def test_only_the_system_takes_automatic_steps() -> None:
    everybody = frozenset(Role) - {Role.SYSTEM}
    assert refusal_of(TABLE, "lapse", at("b"), everybody) is not None
    assert refusal_of(TABLE, "lapse", at("b"), frozenset({Role.SYSTEM})) is None
    assert [s.verb for s in available(TABLE, at("b"), frozenset({Role.SYSTEM}))] == ["lapse"]


@given(
    state=st.sampled_from([state.key for state in TABLE.states]),
    roles=st.frozensets(st.sampled_from(Role)),
    one=st.booleans(),
    two=st.booleans(),
)
def test_available_is_what_is_not_refused(state: str, roles: frozenset[Role], one: bool, two: bool) -> None:
    context = at(state, one=one, two=two)
    offered = [step.verb for step in available(TABLE, context, roles)]
    assert offered == [s.verb for s in TABLE.steps if refusal_of(TABLE, s.verb, context, roles) is None]
    assert len(offered) == len(set(offered))


def test_a_final_state_offers_nothing_to_anybody() -> None:
    assert available(TABLE, at("d", one=True, two=True), frozenset(Role)) == ()


def test_clocks_are_one_per_limit_over_every_state_that_a_step_leaves() -> None:
    assert TABLE.clocks == (
        ClockRule("thing.go", frozenset({"a", "b"})),
        ClockRule(DueBy("due_on"), frozenset({"b"})),
        ClockRule("thing.all", frozenset({"a", "b"})),
    )


def test_a_staying_step_stays_in_each_of_its_states() -> None:
    note = TABLE.step("b", "note")
    assert note is not None
    assert [note.target_from(state) for state in ("a", "b", "c")] == ["a", "b", "c"]
    assert not note.leaves("d")
    with pytest.raises(AssertionError, match="note"):
        _ = note.target


def test_the_context_finds_the_latest_of_several_verbs() -> None:
    history = tuple(Taken(verb, "user:1", NOW + timedelta(hours=n), {}) for n, verb in enumerate("xyxz"))
    context = Context(now=NOW, actor_key="user:1", state="a", history=history)
    assert (context.last("x"), context.last("y", "x")) == (history[2], history[2])
    assert context.last("never") is None


HANDOVERS = st.lists(st.one_of(st.integers(2, 9), st.none()), max_size=30)


@given(HANDOVERS)
def test_returns_undo_transfers_in_their_order(moves: list[int | None]) -> None:
    """A number transfers to that body, None returns where that is allowed: a stack of holders."""
    holders, history = [1], [Taken("open", "user:1", NOW, {"holder": 1})]
    for body in moves:
        context = Context(now=NOW, actor_key="user:1", state="a", history=tuple(history))
        refused = was_transferred(context)
        assert (refused is None) == (len(holders) > 1)
        assert former_holder(context.history) == (holders[-2] if len(holders) > 1 else None)
        if body is not None:
            holders.append(body)
            history.append(Taken("transfer", "user:1", NOW, {"body": body}))
        elif refused is None:
            holders.pop()
            history.append(Taken("return", "user:1", NOW, {}))


def test_a_refusal_fills_in_its_words() -> None:
    assert str(Refusal("Not before {day}.", {"day": "Monday"})) == "Not before Monday."


RUNNING, WAITING_ROOM = open_("running", Role.OFFICER), open_("testing", Role.OFFICER)
TIMED = Process(
    key="timed", label="Timed", in_force=date(2020, 1, 1), states=(RUNNING, WAITING_ROOM, final("over")),
    steps=(
        Step("extend", staying(RUNNING), Role.OFFICER, approval=Role.LEADER, effects=frozenset({Effect.EXTEND})),
        Step("pause", staying(RUNNING), Role.OFFICER, effects=frozenset({Effect.PAUSE})),
        Step("resume", staying(RUNNING), Role.OFFICER, effects=frozenset({Effect.RESUME})),
        Step("test", RUNNING >> WAITING_ROOM, Role.OFFICER, effects=frozenset({Effect.PAUSE})),
        Step("end", WAITING_ROOM >> final("over"), Role.OFFICER, effects=frozenset({Effect.RESUME})),
        Step("give_back", RUNNING >> RUNNING, Role.OFFICER, until="timed.give_back"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("clocks", "offered"),
    [
        (Clocks(running=1), {"request_extend", "pause", "test", "give_back"}),
        (Clocks(running=1, paused=1), {"request_extend", "resume", "test", "give_back"}),
        (Clocks(running=1, extended=1), {"pause", "test", "give_back"}),
        (Clocks(running=2, extended=1), {"request_extend", "pause", "test", "give_back"}),
        (Clocks(), {"test", "give_back"}),
        (Clocks(running=1, over={"timed.give_back": date(2026, 11, 20)}), {"request_extend", "pause", "test"}),
    ],
)  # fmt: skip
def test_the_clocks_say_what_can_still_be_done_to_them(clocks: Clocks, offered: set[str]) -> None:
    context = Context(now=NOW, actor_key="user:1", state="running", clocks=clocks)
    assert {step.verb for step in available(TIMED, context, frozenset({Role.OFFICER}))} == offered


def test_a_second_extension_is_refused_at_the_request_and_at_the_approval() -> None:
    asked = (Taken("request_extend", "user:2", NOW, {}, "running"),)
    again = Context(NOW, "user:1", "running", asked, clocks=Clocks(running=1, extended=1))
    for verb, role in (("request_extend", Role.OFFICER), ("extend", Role.LEADER)):
        refusal = refusal_of(TIMED, verb, again, frozenset({role}))
        assert str(refusal) == "The time has been extended once already."


def test_a_step_whose_time_is_over_says_until_when_it_could_be_taken() -> None:
    late = Context(NOW, "user:1", "running", clocks=Clocks(over={"timed.give_back": date(2026, 11, 20)}))
    refusal = refusal_of(TIMED, "give_back", late, frozenset({Role.OFFICER}))
    assert str(refusal) == "This could be done until 2026-11-20: the matter stays where it is."
