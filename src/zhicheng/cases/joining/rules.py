"""Joining cases of the same matter. What a case may do is decided by what its reporter is owed.

Where one act answers everybody, a repaired roof or a removed hazard, a later case **follows** the one that came
first: nothing is decided in it, no limit runs, its reporter is told what is done in the leading case, and it ends
when that one has been decided, with a call-back of its own. If the leading case ends undecided, because it was
rejected or its own reporter withdrew, whoever followed comes back to be handled by itself: nobody's complaint is
lost with another's.

Where the law gives each reporter an acceptance, a mediation or a result of their own (market complaints and
reports, tourism complaints), cases are only **handled together**: both pages show it, and each is answered by its
own steps, limits and papers. The same reporter's same matter again is ended by the step that its law has for it.
"""

from collections.abc import Iterable

from zhicheng.cases.handover.rules import DESK
from zhicheng.core.access import Role
from zhicheng.core.process import (
    REASON,
    Automatic,
    Context,
    Guard,
    Need,
    NeedKind,
    Refusal,
    Sources,
    State,
    Step,
    final,
    open_,
    staying,
)
from zhicheng.core.words import words

FOLLOWING = open_("following", Role.SYSTEM, words("Follows another case"), usual=("part",))
ENDED_WITH = final("ended_with", words("Ended with the leading case"))

LEADING = Need(
    "leading", NeedKind.RECORD, words("Number of the leading case"),
    hint=words("The case of the same matter that came first."),
)  # fmt: skip


def leads_nothing(context: Context) -> Refusal | None:
    """What others follow does not follow itself: all follow one case."""
    if not context.facts["followers"]:
        return None
    return Refusal(words("Other cases follow this one; a case that leads cannot follow."))


def is_together(context: Context) -> Refusal | None:
    """Only what is handled together can be parted."""
    if context.facts["together"]:
        return None
    return Refusal(words("The case is not handled together with another."))


def is_alone(context: Context) -> Refusal | None:
    """A case is joined to one other."""
    if not context.facts["together"]:
        return None
    return Refusal(words("The case is handled together with another already."))


def decided_in(states: Iterable[State]) -> Guard:
    """The leading proceeding has ended in one of these states: what was done there answers everybody."""
    keys = frozenset(state.key for state in states)

    def decided(context: Context) -> Refusal | None:
        if context.facts["leading_ended"] in keys:
            return None
        return Refusal(words("The leading case has not been decided."))

    return decided


def undecided_by(states: Iterable[State]) -> Guard:
    """The leading proceeding has ended in another state than these."""
    keys = frozenset(state.key for state in states)

    def undecided(context: Context) -> Refusal | None:
        ended = context.facts["leading_ended"]
        if ended and ended not in keys:
            return None
        return Refusal(words("The leading case has not ended undecided."))

    return undecided


def following(early: State | Sources, back: State, *, decided: tuple[State, ...]) -> tuple[Step, ...]:
    """The steps of a kind whose cases can follow: from the states before anything was decided, and back.

    `decided` are the endings of the leading proceeding that answer its followers too.
    """
    return (
        Step(
            "follow", early >> FOLLOWING, DESK, words("Join to an earlier case of the same matter"),
            needs=(LEADING,), guards=(leads_nothing,), notify=(Role.REPORTER,), owed=True,
        ),
        Step(
            "part", FOLLOWING >> back, Role.OFFICER, words("Handle by itself again"), needs=(REASON,),
            notify=(Role.REPORTER,), owed=True,
        ),
        Step(
            "end_with", FOLLOWING >> ENDED_WITH, label=words("The leading case was decided"),
            automatic=Automatic.WHEN_TRUE, guards=(decided_in(decided),), notify=(Role.REPORTER,),
        ),
        Step(
            "come_back", FOLLOWING >> back, label=words("The leading case ended undecided"),
            automatic=Automatic.WHEN_TRUE, guards=(undecided_by(decided),),
            notify=(Role.OFFICER, Role.REPORTER), owed=True,
        ),
    )  # fmt: skip


def together(*states: State) -> tuple[Step, ...]:
    """The steps of a kind whose cases are only handled together: nothing moves, and only the bodies see it."""
    return (
        Step(
            "join", staying(*states), DESK, words("Handle together with an earlier case"), needs=(LEADING,),
            guards=(is_alone,), internal=True,
        ),
        Step(
            "part", staying(*states), DESK, words("Handle by itself again"), needs=(REASON,),
            guards=(is_together,), internal=True,
        ),
    )  # fmt: skip
