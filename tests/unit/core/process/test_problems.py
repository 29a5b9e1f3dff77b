"""A table that contradicts itself is refused when it is made, with words that say what is wrong."""

from collections.abc import Sequence
from datetime import date

import pytest

from zhicheng.core.access import Role
from zhicheng.core.process import (
    Automatic,
    ClockRule,
    DueBy,
    Effect,
    Ending,
    Need,
    NeedKind,
    Process,
    ProcessError,
    State,
    Step,
    final,
    open_,
    resting,
    staying,
    was_transferred,
)

SENT, READ = open_("sent", Role.CLERK), open_("read", Role.OFFICER)
DONE, KEPT = final("done"), resting("kept")
STRANGER = final("stranger")
BODY = Need("body", NeedKind.BODY, "Body")
REASON_WAS = Need("reason_was", NeedKind.TEXT, "Reason before")
TOPIC = Need("topic", NeedKind.CODE, "Topic", catalogue="letter.topic")
WORDS = Need("due_on", NeedKind.TEXT, "Due")
READING = Step("read", SENT >> READ, Role.CLERK)
ENDING = Step("end", READ >> DONE, Role.OFFICER)


def table(
    *steps: Step,
    states: Sequence[State] = (SENT, READ, DONE),
    spans: tuple[ClockRule, ...] = (),
    historical: State | None = None,
) -> Process:
    return Process(
        key="letter", label="Letter", in_force=date(2020, 1, 1), states=tuple(states), steps=steps,
        spans=spans, historical=historical,
    )  # fmt: skip


def problem_of(*steps: Step, **parts: object) -> str:
    """What the table is refused for."""
    with pytest.raises(ProcessError) as refused:
        table(*steps, **parts)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_sound_table_is_made() -> None:
    sound = table(READING, ENDING)
    assert (sound.initial, sound.version) == (SENT, "2020-01-01")
    assert sound.step("sent", "read") is READING
    assert sound.step("read", "read") is None


def test_an_unknown_state_is_named_when_it_is_asked_for() -> None:
    with pytest.raises(KeyError, match="process letter has no state 'lost'"):
        table(READING, ENDING).state("lost")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Step("lose", SENT >> STRANGER, Role.CLERK), "step lose names unknown states ['stranger']"),
        (Step("find", STRANGER >> SENT, Role.CLERK), "step find names unknown states ['stranger']"),
        (Step("burn", SENT >> DONE), "step burn has no role"),
        (Step("wake", DONE >> SENT, Role.CLERK), "step wake leaves a final state"),
        (Step("note", staying(DONE), Role.CLERK), "step note leaves a final state"),
        (Step("read", SENT >> DONE, Role.CLERK), "state sent has a verb twice: ['read']"),
        (Step("transfer", SENT >> SENT, Role.CLERK, effects=frozenset({Effect.TRANSFER})),
         "step transfer has the effect transfer but does not ask for 'body'"),
        (Step("involve", staying(SENT), Role.CLERK, effects=frozenset({Effect.INVOLVE})),
         "step involve has the effect involve but does not ask for 'body'"),
        (Step("invite", staying(SENT), Role.CLERK, effects=frozenset({Effect.INVITE})),
         "step invite has the effect invite but does not ask for 'company'"),
        (Step("refile", SENT >> DONE, Role.CLERK, effects=frozenset({Effect.REFILE})),
         "step refile has the effect refile but does not ask for 'kind'"),
        (Step("mend", staying(SENT), Role.CLERK, recalls=(TOPIC,)),
         "step mend recalls ['topic']: only codes are recalled, under keys that end with '_was'"),
        (Step("mend", staying(SENT), Role.CLERK, recalls=(REASON_WAS,)),
         "step mend recalls ['reason_was']: only codes are recalled"),
        (Step("hand_over", SENT >> SENT, Role.CLERK, needs=(BODY,), effects=frozenset({Effect.TRANSFER})),
         "step hand_over has the effect transfer and must be called 'transfer'"),
        (Step("return", SENT >> SENT, Role.CLERK, effects=frozenset({Effect.RETURN})),
         "guard it by was_transferred"),
        (Step("give_back", SENT >> SENT, Role.CLERK, guards=(was_transferred,),
              effects=frozenset({Effect.RETURN})),
         "step give_back has the effect return and must be called 'return'"),
        (Step("lapse", SENT >> DONE, automatic=Automatic.CLOCK_LAPSED),
         "step lapse waits for a clock to lapse but does not say which"),
        (Step("wait", staying(SENT), Role.CLERK, within=DueBy("due_on")),
         "a clock runs to 'due_on', which no step asks for as a date"),
        (Step("wait", staying(SENT), Role.CLERK, needs=(WORDS,), within=DueBy("due_on")),
         "a clock runs to 'due_on', which no step asks for as a date"),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be(wrong: Step, said: str) -> None:
    assert said in problem_of(READING, ENDING, wrong)


def test_an_optional_body_is_no_body() -> None:
    maybe = Need("body", NeedKind.BODY, "Body", required=False)
    step = Step("transfer", SENT >> SENT, Role.CLERK, needs=(maybe,), effects=frozenset({Effect.TRANSFER}))
    assert "does not ask for 'body'" in problem_of(READING, ENDING, step)


def test_an_approval_cannot_carry_what_only_the_request_was_given() -> None:
    step = Step("transfer", SENT >> SENT, Role.CLERK, needs=(BODY,), approval=Role.LEADER,
                effects=frozenset({Effect.TRANSFER}))  # fmt: skip
    assert "step transfer has the effect transfer but does not ask for 'body'" in problem_of(READING, ENDING, step)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((), "it has no states"),
        ((SENT, READ, DONE, open_("sent", Role.LEADER)), "two states have the same key: ['sent']"),
        ((SENT, READ, DONE, KEPT), "state kept cannot be reached"),
        ((DONE, SENT, READ), "state sent cannot be reached"),
    ],
)
def test_states_that_cannot_be(states: Sequence[State], said: str) -> None:
    assert said in problem_of(READING, ENDING, states=states)


def test_an_open_state_without_an_owner() -> None:
    orphan = State("orphan", None, Ending.OPEN)
    steps = (READING, ENDING, Step("lose", SENT >> orphan, Role.CLERK), Step("end", orphan >> DONE, Role.CLERK))
    assert "open state orphan has no owner" in problem_of(*steps, states=(SENT, READ, DONE, orphan))


def test_a_circle_has_no_way_to_an_ending() -> None:
    back = Step("send", READ >> SENT, Role.OFFICER)
    said = problem_of(READING, back, states=(SENT, READ))
    assert "open state sent has no way to an ending" in said
    assert "open state read has no way to an ending" in said


def test_a_state_that_is_never_left() -> None:
    said = problem_of(READING, Step("end", SENT >> DONE, Role.CLERK), Step("note", staying(READ), Role.OFFICER))
    assert "open state read has no way to an ending" in said


def test_a_resting_state_is_an_ending() -> None:
    reopened = Step("reopen", KEPT >> SENT, Role.CLERK)
    assert table(Step("keep", SENT >> KEPT, Role.CLERK), reopened, states=(SENT, KEPT)).states == (SENT, KEPT)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = problem_of(READING, Step("burn", SENT >> DONE), Step("wake", DONE >> SENT, Role.CLERK))
    assert said.startswith("process letter: ")
    assert said.count("; ") == 2


def test_a_historical_state_needs_no_way_in_but_is_a_final_state_of_the_table() -> None:
    recorded = final("recorded")
    states = (SENT, READ, DONE, recorded)
    assert table(READING, ENDING, states=states, historical=recorded).historical is recorded
    assert "state recorded cannot be reached" in problem_of(READING, ENDING, states=states)
    assert "historical state recorded is not a final" in problem_of(READING, ENDING, historical=recorded)
    said = problem_of(READING, ENDING, states=(SENT, READ, DONE, KEPT), historical=KEPT)
    assert "historical state kept is not a final state of the table" in said


def test_spans_run_in_known_states_and_each_limit_once() -> None:
    nowhere = ClockRule("letter.all", frozenset({"lost"}))
    assert "the clock letter.all runs in unknown states ['lost']" in problem_of(READING, ENDING, spans=(nowhere,))
    within = Step("end", READ >> DONE, Role.OFFICER, within="letter.read")
    twice = ClockRule("letter.read", frozenset({"sent"}))
    assert "two clocks have the same limit" in problem_of(READING, within, spans=(twice,))


@pytest.mark.parametrize(
    ("usual", "said"),
    [
        (("burn",), "state sent calls usual what nobody can do in it: ['burn']"),
        (("end",), "state sent calls usual what nobody can do in it: ['end']"),
        (("lose",), "state sent calls usual what nobody can do in it: ['lose']"),
        (("read", "read"), "state sent calls more than 3 steps usual, or one of them twice"),
        (("read", "a", "b", "c"), "state sent calls more than 3 steps usual"),
    ],
)
def test_what_cannot_be_usual(usual: tuple[str, ...], said: str) -> None:
    sent = open_("sent", Role.CLERK, usual=usual)
    steps = (
        Step("read", sent >> READ, Role.CLERK), ENDING,
        Step("lose", sent >> DONE, automatic=Automatic.CLOCK_LAPSED, within="letter.read"),
        *(Step(verb, staying(sent), Role.CLERK) for verb in "abc"),
    )  # fmt: skip
    assert said in problem_of(*steps, states=(sent, READ, DONE))


def test_what_needs_approval_is_usual_under_its_own_verb() -> None:
    sent = open_("sent", Role.CLERK, usual=("read",))
    reading = Step("read", sent >> READ, Role.CLERK, approval=Role.LEADER)
    assert table(reading, ENDING, states=(sent, READ, DONE)).initial.usual == ("read",)
