"""Passing a matter on, and having others help: the steps that every departmental proceeding has in common.

Each function makes one line of a table; the table says between which of its states.
"""

from dataclasses import replace

from zhicheng.cases.rules import UNREAD
from zhicheng.core.access import Role
from zhicheng.core.process import (
    AMONG_BODIES,
    REASON,
    Effect,
    Guard,
    Move,
    Need,
    NeedKind,
    State,
    Step,
    staying,
    was_transferred,
)
from zhicheng.core.words import words

BODY = Need("body", NeedKind.BODY, words("Body"))
NEXT_BODY = replace(BODY, own_domain=True)
"""Who goes on with the matter: by the same table, so somebody of the same domain."""
TRANSFER_REASON = Need("why", NeedKind.CODE, words("Reason"), catalogue="case.transfer")
RETURN_REASON = Need("why", NeedKind.CODE, words("Reason"), catalogue="case.return")
OPINION = Need("opinion", NeedKind.TEXT, words("Opinion"))
REMARK = Need(
    "note", NeedKind.TEXT, words("Remark"),
    hint=words("Stays in the history for good and tells nobody. To ask a colleague, write a note to colleagues."),
)  # fmt: skip
WHY_DISOWNED = replace(REASON, hint=UNREAD, confidential=True)
"""Why whoever reported something does not stand by it any more: who it was may be plain from it."""
DESK = (Role.CLERK, Role.OFFICER)
"""Who receives and passes on."""


def transferring(
    move: Move, *, label: str = words("Transfer to another body"), guards: tuple[Guard, ...] = (), form: str = "",
    citation: str = "", within: str | None = None,
) -> Step:  # fmt: skip
    """The matter goes to another body, which receives it as if it had come there first."""
    return Step(
        "transfer", move, DESK, label, needs=(NEXT_BODY, TRANSFER_REASON, AMONG_BODIES), guards=guards, form=form,
        citation=citation, within=within, effects=frozenset({Effect.TRANSFER}), notify=(Role.CLERK, Role.REPORTER),
        owed=True,
    )  # fmt: skip


def returning(state: State, *, until: str = "case.return") -> Step:
    """What was transferred here goes back to where it came from; after the limit `until` it stays."""
    return Step(
        "return", state >> state, DESK, words("Return to the body it came from"),
        needs=(RETURN_REASON, AMONG_BODIES),
        guards=(was_transferred,), until=until, effects=frozenset({Effect.RETURN}),
        notify=(Role.CLERK, Role.REPORTER), owed=True,
    )  # fmt: skip


def involving(*states: State) -> Step:
    """Another body is asked to help; it sees the matter from then on."""
    return Step(
        "involve", staying(*states), Role.OFFICER, words("Involve an assisting body"), needs=(BODY, AMONG_BODIES),
        effects=frozenset({Effect.INVOLVE}), notify=(Role.ASSISTING,), internal=True,
    )  # fmt: skip


def advising(*states: State) -> Step:
    """The assisting body says what it thinks."""
    return Step(
        "advise", staying(*states), Role.ASSISTING, words("Give an opinion"), needs=(OPINION,),
        notify=(Role.OFFICER,), internal=True,
    )  # fmt: skip


def noting(*states: State) -> Step:
    """A remark that only the bodies read."""
    return Step(
        "note",
        staying(*states),
        (*DESK, Role.LEADER),
        words("Add an internal remark"),
        needs=(REMARK,),
        internal=True,
    )


def retracting(move: Move) -> Step:
    """The reporter takes the matter back before anything has been decided in it."""
    return Step(
        "retract", move, Role.REPORTER, words("Withdraw the complaint"), needs=(REASON,), notify=(Role.CLERK,),
        grave=True,
    )  # fmt: skip
