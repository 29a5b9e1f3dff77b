"""How a complaint about building work is handled: the published loop 投诉—分析—整改—回访.

Whoever answers for the defect is named, promises a date and proves what was done, and an officer verifies it on
the spot before anybody may call the matter closed. No national clock governs these complaints (none was
found), so every limit is the pack's own. Homes and other works have the same table with limits, grounds and
causes of their own: `process_of` makes one for each.
"""

from datetime import date

from zhicheng.cases.handover.rules import (
    DESK,
    advising,
    involving,
    noting,
    retracting,
    returning,
    transferring,
)
from zhicheng.cases.joining.rules import ENDED_WITH, FOLLOWING, following
from zhicheng.cases.rectification.timing import extending, pausing
from zhicheng.cases.refiling.rules import REFILED, WHY, refiling, revising
from zhicheng.core.access import Domain, Role
from zhicheng.core.clock.due import local
from zhicheng.core.process import (
    NOTE,
    REASON,
    WAS,
    Automatic,
    Context,
    DueBy,
    Effect,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    final,
    not_before,
    open_,
    staying,
)
from zhicheng.core.words import words

RECEIVED = open_("received", Role.CLERK, words("Received, to be accepted"), usual=("accept", "reject", "transfer"))
ACCEPTED = open_("accepted", Role.OFFICER, words("Accepted, being analysed"), usual=("order", "dismiss"))
ORDERED = open_("ordered", Role.COMPANY, words("Rectification ordered"), usual=("promise", "prove", "object"))
PROMISED = open_("promised", Role.COMPANY, words("Rectification promised"), usual=("prove",))
RECTIFIED = open_("rectified", Role.OFFICER, words("Reported as rectified"), usual=("verify", "refuse"))
VERIFIED = final("verified", words("Rectified and verified"))
UNFOUNDED = final("unfounded", words("Found to be unfounded"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Withdrawn"))
ORDER = (ORDERED, PROMISED)
"""The states in which an order stands."""

COMPANY = Need(
    "company", NeedKind.PARTY, words("Responsible company"),
    hint=words("Choose from the chain of the building, or search by name."),
)  # fmt: skip
DUE_ON = Need("due_on", NeedKind.DATE, words("To be rectified by"), from_today=True, at_most_days=180)
REQUIREMENT = Need("requirement", NeedKind.TEXT, words("What has to be done"))
PROMISED_ON = Need("promised_on", NeedKind.DATE, words("Promised for"), from_today=True, at_most_days=180)
EVIDENCE = Need(
    "evidence", NeedKind.FILES, words("Photos and papers that show the result"),
    hint=words("JPEG, PNG, WebP or PDF; up to 9 files."),
)  # fmt: skip
CHECKED_ON = Need("checked_on", NeedKind.DATE, words("Checked on the spot on"), until_today=True)
CHECKED_SINCE = not_before("checked_on", "open", "order", "stop", "refuse", "uphold", "prove", "apply")
"""What was ordered or reported last is what was checked."""
FINDING = Need("finding", NeedKind.TEXT, words("Finding"))
SITE_PHOTOS = Need("site_photos", NeedKind.FILES, words("Photos of the check"), required=False)


def ground_of(catalogue: str) -> Need:
    """The ground of a decision: a term of that catalogue."""
    return Need("ground", NeedKind.CODE, words("Ground"), catalogue=catalogue)


def cause_of(catalogue: str) -> Need:
    """What was found to be the cause: a term of that catalogue."""
    return Need(
        "cause", NeedKind.CODE, words("Cause"), catalogue=catalogue,
        hint=words("What the analysis on the spot found."),
    )  # fmt: skip


def withdrawal_of(catalogue: str) -> Need:
    """Why an order is withdrawn: a term of that catalogue."""
    return Need("why", NeedKind.CODE, words("Ground"), catalogue=catalogue)


def cause_before(catalogue: str) -> Need:
    """The cause that is corrected: a term of that catalogue, which the step keeps."""
    return Need(f"cause{WAS}", NeedKind.CODE, words("Cause before"), catalogue=catalogue)


def is_another_cause(context: Context) -> Refusal | None:
    """Nothing is corrected by what was there before."""
    if context.data.get("cause") is None or context.data["cause"] != context.facts["cause"]:
        return None
    return Refusal(words("This is the cause already."), field="cause")


def within_the_order(context: Context) -> Refusal | None:
    """A promise cannot be later than the order's own date, nor made once that date has passed."""
    order = context.last("order", "refuse", "postpone")
    promised = context.data.get("promised_on", local(context.now).date())
    if order is None or promised.isoformat() <= order.data["due_on"]:
        return None
    if "promised_on" not in context.data:
        return Refusal(words("The order's date has passed: report the result, or ask for a later date."))
    return Refusal(
        words("The order asks for rectification by {due_on}; promise that day or an earlier one."),
        {"due_on": order.data["due_on"]},
        field="promised_on",
    )


def later_than_ordered(context: Context) -> Refusal | None:
    """A postponement gives more time, never less: it cannot break a promise that was made within the order."""
    order, given = context.last("order", "refuse", "postpone"), context.data.get("due_on")
    if order is None or given is None or given.isoformat() > order.data["due_on"]:
        return None
    return Refusal(
        words("The order gives until {due_on} already; give a later day."),
        {"due_on": order.data["due_on"]},
        field="due_on",
    )


def process_of(name: str, *, key: str, label: str, domain: Domain, in_force: date) -> Process:
    """The table of one sort of works.

    Its limits are `<name>.accept`, `.order`, `.promise` and `.verify`, each with its extension, its catalogues
    `<name>.rejection`, `.cause` and `.withdrawal`.
    """
    return Process(
        key=key,
        label=label,
        domain=domain,
        in_force=in_force,
        states=(
            RECEIVED,
            ACCEPTED,
            FOLLOWING,
            *ORDER,
            RECTIFIED,
            VERIFIED,
            UNFOUNDED,
            REJECTED,
            WITHDRAWN,
            ENDED_WITH,
            REFILED,
        ),
        steps=(
            *_receiving(name),
            involving(ACCEPTED, *ORDER, RECTIFIED),
            advising(ACCEPTED, *ORDER, RECTIFIED),
            *following(RECEIVED | ACCEPTED, ACCEPTED, decided=(VERIFIED, UNFOUNDED)),
            *_ordering(name),
            *_rectifying(name),
            *pausing(ACCEPTED, RECTIFIED),
            extending(RECEIVED, ACCEPTED, ORDERED, RECTIFIED),
            *_withdrawing(name),
            revising((f"{name}.category",), RECEIVED, ACCEPTED, FOLLOWING, *ORDER, RECTIFIED),
            *refiling(key, RECEIVED, ACCEPTED),
            _correcting_cause(f"{name}.cause"),
            noting(RECEIVED, ACCEPTED, FOLLOWING, *ORDER, RECTIFIED),
        ),
    )


def _receiving(name: str) -> tuple[Step, ...]:
    return (
        Step(
            "accept", RECEIVED >> ACCEPTED, DESK, words("Accept"), within=f"{name}.accept", notify=(Role.REPORTER,)
        ),
        Step(
            "reject", RECEIVED >> REJECTED, DESK, words("Reject"), needs=(ground_of(f"{name}.rejection"), REASON),
            within=f"{name}.accept", form="rejection", notify=(Role.REPORTER,), grave=True,
        ),
        transferring((RECEIVED | ACCEPTED) >> RECEIVED, form="transfer_letter"),
        returning(RECEIVED),
    )  # fmt: skip


def _ordering(name: str) -> tuple[Step, ...]:
    return (
        Step(
            "order", ACCEPTED >> ORDERED, Role.OFFICER, words("Order rectification"),
            needs=(cause_of(f"{name}.cause"), COMPANY, DUE_ON, REQUIREMENT), within=f"{name}.order",
            form="rectification_order", effects=frozenset({Effect.INVITE}), notify=(Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "dismiss", ACCEPTED >> UNFOUNDED, Role.OFFICER, words("Close as unfounded"),
            needs=(FINDING,), approval=Role.LEADER, notify=(Role.REPORTER,), grave=True,
        ),
        Step(
            "promise", ORDERED >> PROMISED, Role.COMPANY, words("Promise a date"),
            needs=(PROMISED_ON, NOTE), guards=(within_the_order,), within=f"{name}.promise",
            notify=(Role.OFFICER, Role.REPORTER),
        ),
        Step(
            "object", ORDERED >> ACCEPTED, Role.COMPANY, words("Object to the order"),
            needs=(REASON,), approval=Role.OFFICER, effects=frozenset({Effect.RELEASE}), notify=(Role.COMPANY,),
        ),
        Step(
            "postpone", staying(*ORDER), Role.LEADER, words("Give a later date"),
            needs=(DUE_ON, REASON), guards=(later_than_ordered,),
            notify=(Role.OFFICER, Role.COMPANY, Role.REPORTER),
        ),
    )  # fmt: skip


def _rectifying(name: str) -> tuple[Step, ...]:
    return (
        Step(
            "prove", (ORDERED | PROMISED) >> RECTIFIED, Role.COMPANY, words("Report as rectified"),
            needs=(EVIDENCE, NOTE), within=DueBy("due_on"), form="rectification_reply", notify=(Role.OFFICER,),
        ),
        Step(
            "break", PROMISED >> ORDERED, label=words("Promise broken"), automatic=Automatic.CLOCK_LAPSED,
            within=DueBy("promised_on"), notify=(Role.OFFICER, Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "verify", RECTIFIED >> VERIFIED, Role.OFFICER, words("Verify on the spot"),
            needs=(CHECKED_ON, FINDING, SITE_PHOTOS), guards=(CHECKED_SINCE,), within=f"{name}.verify",
            notify=(Role.REPORTER,),
        ),
        Step(
            "refuse", RECTIFIED >> ORDERED, Role.OFFICER, words("Send back: not rectified"),
            needs=(REASON, DUE_ON), within=f"{name}.verify", notify=(Role.COMPANY,),
        ),
    )  # fmt: skip


def _correcting_cause(catalogue: str) -> Step:
    """While an order stands its cause is corrected as a fact; the paper says what was found when it was issued."""
    return Step(
        "revise_cause", staying(*ORDER, RECTIFIED), Role.OFFICER, words("Correct the cause"),
        needs=(cause_of(catalogue), WHY), recalls=(cause_before(catalogue),), guards=(is_another_cause,),
    )  # fmt: skip


def _withdrawing(name: str) -> tuple[Step, ...]:
    return (
        Step(
            "revoke", (ORDERED | PROMISED) >> WITHDRAWN, Role.OFFICER, words("Withdraw the order"),
            needs=(withdrawal_of(f"{name}.withdrawal"), REASON), approval=Role.LEADER,
            notify=(Role.COMPANY, Role.REPORTER), grave=True,
        ),
        retracting((RECEIVED | ACCEPTED | FOLLOWING) >> WITHDRAWN),
    )  # fmt: skip
