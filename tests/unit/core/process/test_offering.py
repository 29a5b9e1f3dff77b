"""What a page offers first, and under which heading it offers the rest."""

from datetime import date

import pytest

from zhicheng.core.access import Role
from zhicheng.core.process import (
    Effect,
    Need,
    NeedKind,
    Process,
    Purpose,
    Step,
    final,
    open_,
    purpose_of,
    staying,
    usual_place,
)

SENT, READ = open_("sent", Role.CLERK, usual=("read", "burn")), open_("read", Role.OFFICER)
DONE = final("done")
BODY = Need("body", NeedKind.BODY, "Body")
READING = Step("read", SENT >> READ, Role.CLERK)
BURNING = Step("burn", SENT >> DONE, Role.CLERK, approval=Role.LEADER, grave=True)
NOTING = Step("note", staying(SENT, READ), Role.CLERK, internal=True)
LETTER = Process(
    key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, READ, DONE),
    steps=(READING, BURNING, NOTING, Step("end", READ >> DONE, Role.OFFICER)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "verb", "place"),
    [
        ("sent", "read", 0),
        ("sent", "request_burn", 1),
        ("sent", "burn", 0),
        ("sent", "decline_burn", 0),
        ("sent", "note", None),
        ("read", "end", None),
    ],
)
def test_the_places_of_what_usually_comes_next(state: str, verb: str, place: int | None) -> None:
    step = LETTER.step(state, verb)
    assert step is not None
    assert usual_place(LETTER, state, step) == place


def test_what_is_usual_in_one_state_is_not_so_in_another() -> None:
    again = Process(
        key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, READ, DONE),
        steps=(READING, Step("burn", (SENT | READ) >> DONE, Role.CLERK)),
    )  # fmt: skip
    burn = again.steps[-1]
    assert (usual_place(again, "sent", burn), usual_place(again, "read", burn)) == (1, None)


@pytest.mark.parametrize(
    ("step", "purpose"),
    [
        (READING, Purpose.FORWARD),
        (Step("again", SENT >> SENT, Role.CLERK), Purpose.RECORD),
        (Step("add", staying(SENT), Role.CLERK), Purpose.RECORD),
        (NOTING, Purpose.INSIDE),
        (Step("end", SENT >> DONE, Role.CLERK, grave=True), Purpose.ENDING),
        (Step("end", SENT >> DONE, Role.CLERK, grave=True, internal=True), Purpose.ENDING),
        *(
            (Step("hand", SENT >> READ, Role.CLERK, needs=(BODY,), effects=frozenset({effect})), Purpose.OTHERS)
            for effect in (Effect.TRANSFER, Effect.RETURN, Effect.INVOLVE, Effect.INVITE)
        ),
        *(
            (Step("time", SENT >> READ, Role.CLERK, internal=True, effects=frozenset({effect})), Purpose.TIME)
            for effect in (Effect.PAUSE, Effect.RESUME, Effect.EXTEND, Effect.RESTART)
        ),
    ],
)  # fmt: skip
def test_what_a_step_is_for(step: Step, purpose: Purpose) -> None:
    assert purpose_of(LETTER, "sent", step) is purpose


def test_a_request_is_for_what_it_asks_for() -> None:
    longer = Step(
        "extend", staying(SENT), Role.CLERK, approval=Role.LEADER, internal=True,
        effects=frozenset({Effect.EXTEND}),
    )  # fmt: skip
    table = Process(
        key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, READ, DONE),
        steps=(READING, BURNING, longer, Step("end", READ >> DONE, Role.OFFICER)),
    )  # fmt: skip
    purposes = {step.verb: purpose_of(table, "sent", step) for step in table.steps_from("sent")}
    assert purposes == {
        "read": Purpose.FORWARD,
        "request_burn": Purpose.ENDING, "burn": Purpose.ENDING, "decline_burn": Purpose.INSIDE,
        "request_extend": Purpose.TIME, "extend": Purpose.TIME, "decline_extend": Purpose.INSIDE,
    }  # fmt: skip
