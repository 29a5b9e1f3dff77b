"""Where templates are offered."""

from datetime import date

import pytest

from zhicheng.cases.replies.rules import Field, Spot, fields_of, room_in
from zhicheng.core.access import Role
from zhicheng.core.process import Need, NeedKind, Process, Step, final, open_

SENT, DONE = open_("sent", Role.CLERK), final("done")
REASON = Need("reason", NeedKind.TEXT, "Reason", max_length=200)
DAY = Need("day", NeedKind.DATE, "Day")
LETTER = Process(
    key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, DONE),
    steps=(
        Step("answer", SENT >> DONE, (Role.CLERK, Role.REPORTER), "Answer", needs=(REASON, DAY)),
        Step("drop", SENT >> DONE, Role.CLERK, "Drop", needs=(REASON,), approval=Role.LEADER),
        Step("retract", SENT >> DONE, Role.REPORTER, "Retract", needs=(REASON,)),
        Step("promise", SENT >> DONE, Role.COMPANY, "Promise", needs=(REASON,)),
    ),
)  # fmt: skip
ANSWER = Spot("letter", "answer", "reason")


def test_fields_are_the_texts_that_staff_write() -> None:
    assert fields_of([LETTER, LETTER]) == [
        Field(ANSWER, "Letter", "Answer", "Reason", 200),
        Field(Spot("letter", "request_drop", "reason"), "Letter", "Drop", "Reason", 200),
        Field(Spot("letter", "decline_drop", "reason"), "Letter", "Decline the request", "Reason", 2000),
    ]


@pytest.mark.parametrize(
    ("spot", "holds"),
    [
        (Spot(), True),
        (Spot("letter"), True),
        (Spot("letter", "answer"), True),
        (ANSWER, True),
        (Spot("", "answer", "reason"), True),
        (Spot("parcel"), False),
        (Spot("letter", "drop"), False),
        (Spot("letter", "answer", "note"), False),
    ],
)
def test_a_spot_holds_what_it_does_not_speak_against(spot: Spot, holds: bool) -> None:
    assert spot.holds(ANSWER) is holds
    assert Spot.read(spot.code) == spot


def test_the_room_is_that_of_the_widest_field() -> None:
    fields = fields_of([LETTER])
    assert (room_in(Spot(), fields), room_in(ANSWER, fields), room_in(Spot("parcel"), fields)) == (2000, 200, 0)
