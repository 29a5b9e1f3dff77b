"""The loop around whatever proceedings a case holds.

A case awaits its call-back when every proceeding in it has ended, which none can while an order stands that
is neither verified nor withdrawn. Somebody other than the handlers calls the reporter; dissatisfaction and
a later complaint within the limit reopen the case, visibly.
"""

from dataclasses import replace
from datetime import date

from zhicheng.core.access import Role
from zhicheng.core.process import (
    REASON,
    Automatic,
    Context,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    Taken,
    final,
    open_,
    resting,
    staying,
)
from zhicheng.core.words import words

CALLS_BEFORE_UNREACHABLE = 3
"""How many unanswered calls, the last included, close a case as unreachable."""

OPEN = open_("open", Role.SYSTEM, words("In hand"), usual=("supplement",))
AWAITING_CALL = open_(
    "awaiting_call", Role.CALLER, words("Awaiting call-back"), usual=("call", "try_again", "dispute")
)
CLOSED = resting("closed", words("Closed"), usual=("reopen",))
RECORDED = final("recorded", words("Recorded from an earlier system"))

DISSATISFIED, ANONYMOUS, UNREACHABLE = "dissatisfied", "anonymous", "unreachable"
"""The terms of the catalogue that mean something to the loop; the others are the city's."""
OUTCOME = Need(
    "outcome", NeedKind.CODE, words("Outcome of the call"), catalogue="case.call_outcome",
    without=frozenset({DISSATISFIED}), hint=words("If the reporter is dissatisfied, reopen the case instead."),
)  # fmt: skip
UNREAD = words("The company does not read this.")
WHY_AGAIN = replace(REASON, hint=UNREAD, confidential=True)
"""What a dissatisfied reporter says."""
ADDITION = Need("addition", NeedKind.TEXT, words("What is new"), hint=UNREAD, confidential=True)
NEW_FILES = Need("new_files", NeedKind.FILES, words("Photos and papers"), required=False, confidential=True)
REMARK = Need(
    "remark", NeedKind.TEXT, words("What the reporter said"), hint=UNREAD,
    required=False, confidential=True,
)  # fmt: skip


def every_proceeding_ended(context: Context) -> Refusal | None:
    """The departmental proceedings have all ended, and there is at least one since the last opening."""
    endings = context.facts["endings"]
    if endings and all(ending == "final" for ending in endings):
        return None
    return Refusal(words("Not every proceeding of the case has ended."))


def not_the_handler(context: Context) -> Refusal | None:
    """Nobody calls back about their own work."""
    if context.actor_key in context.facts["handlers"]:
        return Refusal(words("You handled this case; somebody else has to make the call."))
    return None


def called_often_enough(context: Context) -> Refusal | None:
    """A case is closed as unreachable only after several calls on record."""
    unanswered = sum(taken.verb == "try_again" for taken in since_opening(context))
    if context.data.get("outcome") != UNREACHABLE or unanswered + 1 >= CALLS_BEFORE_UNREACHABLE:
        return None
    return Refusal(
        words("Record {count} unanswered calls before closing the case as unreachable; so far there are {made}."),
        {"count": CALLS_BEFORE_UNREACHABLE - 1, "made": unanswered},
        field="outcome",
    )


def matches_anonymity(context: Context) -> Refusal | None:
    """Only a case without a telephone number has nobody to call."""
    if context.data.get("outcome") == ANONYMOUS and context.facts["has_contact"]:
        return Refusal(words("The reporter left a telephone number: call it."), field="outcome")
    return None


def within_reopening_limit(context: Context) -> Refusal | None:
    """A closed case can be reopened only for so long."""
    until = context.facts["reopen_until"]
    if until is not None and context.now <= until:
        return None
    return Refusal(words("The time for reopening this case has passed; please open a new one."))


def still_told(context: Context) -> Refusal | None:
    """What was complained of is still there: nobody can act on a case whose words were deleted."""
    if not context.facts["erased"]:
        return None
    return Refusal(words("What was complained of has been deleted; please open a new case."))


REOPENINGS = frozenset({"dispute", "reopen"})
"""The steps that bring a case in hand again."""


def since_opening(context: Context) -> tuple[Taken, ...]:
    """The steps since the case was opened or last reopened."""
    reopened = [i for i, taken in enumerate(context.history) if taken.verb in {"open", *REOPENINGS}]
    return context.history[reopened[-1] if reopened else 0 :]


LOOP = Process(
    key="case",
    label=words("Case"),
    in_force=date(2020, 1, 1),
    states=(OPEN, AWAITING_CALL, CLOSED, RECORDED),
    historical=RECORDED,
    steps=(
        Step(
            "finish", OPEN >> AWAITING_CALL, label=words("All proceedings ended"),
            automatic=Automatic.WHEN_TRUE, guards=(every_proceeding_ended,), notify=(Role.CALLER,),
        ),
        Step(
            "supplement", staying(OPEN, AWAITING_CALL), (Role.REPORTER, Role.CALLER), words("Add something"),
            needs=(ADDITION, NEW_FILES), notify=(Role.OFFICER,),
        ),
        Step(
            "call", AWAITING_CALL >> CLOSED, Role.CALLER, words("Record the call-back"),
            needs=(OUTCOME, REMARK), guards=(not_the_handler, called_often_enough, matches_anonymity),
            within="case.call",
        ),
        Step(
            "try_again", staying(AWAITING_CALL), Role.CALLER, words("Not reached: call again later"),
            guards=(not_the_handler,),
        ),
        Step(
            "dispute", AWAITING_CALL >> OPEN, Role.CALLER, words("Dissatisfied: reopen"),
            needs=(WHY_AGAIN,), guards=(not_the_handler,), within="case.call", notify=(Role.CLERK,),
        ),
        Step(
            "reopen", CLOSED >> OPEN, (Role.REPORTER, Role.CALLER), words("Reopen"),
            needs=(WHY_AGAIN,), guards=(within_reopening_limit, still_told), notify=(Role.CLERK,),
        ),
    ),
)  # fmt: skip
"""The loop of every case."""
