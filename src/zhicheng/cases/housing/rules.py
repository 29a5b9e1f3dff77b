"""What the housing bureaus decided: how a complaint about the quality of a home is handled.

No national clock governs these complaints (none was found), so every limit is the pack's own. The rectification
order and its proof follow the cities' published loop 投诉—分析—整改—回访 (complaint, analysis, rectification,
call-back): whoever answers for the defect is named, promises a date and proves what was done, and an officer
verifies it on the spot before anybody may call the matter closed.
"""

from datetime import date

from zhicheng.core.access import Domain, Role
from zhicheng.core.clock.due import local
from zhicheng.core.process import (
    NOTE,
    REASON,
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
    open_,
    staying,
    was_transferred,
)
from zhicheng.core.words import words

RECEIVED = open_("received", Role.CLERK, words("Received, to be accepted"))
ACCEPTED = open_("accepted", Role.OFFICER, words("Accepted, being analysed"))
ORDERED = open_("ordered", Role.COMPANY, words("Rectification ordered"))
PROMISED = open_("promised", Role.COMPANY, words("Rectification promised"))
RECTIFIED = open_("rectified", Role.OFFICER, words("Reported as rectified"))
VERIFIED = final("verified", words("Rectified and verified"))
UNFOUNDED = final("unfounded", words("Found to be unfounded"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Withdrawn"))

GROUND = Need("ground", NeedKind.CODE, words("Ground"), catalogue="housing.rejection")
CAUSE = Need(
    "cause", NeedKind.CODE, words("Cause"), catalogue="housing.cause",
    hint=words("What the analysis on the spot found."),
)  # fmt: skip
TRANSFER_REASON = Need("why", NeedKind.CODE, words("Reason"), catalogue="case.transfer")
RETURN_REASON = Need("why", NeedKind.CODE, words("Reason"), catalogue="case.return")
WITHDRAWAL = Need("why", NeedKind.CODE, words("Ground"), catalogue="housing.withdrawal")
BODY = Need("body", NeedKind.BODY, words("Body"))
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
FINDING = Need("finding", NeedKind.TEXT, words("Finding"))
SITE_PHOTOS = Need("site_photos", NeedKind.FILES, words("Photos of the check"), required=False)
OPINION = Need("opinion", NeedKind.TEXT, words("Opinion"))


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


HOUSING = Process(
    key="housing_quality",
    label=words("Housing quality complaint"),
    domain=Domain.HOUSING,
    in_force=date(2020, 1, 1),
    states=(RECEIVED, ACCEPTED, ORDERED, PROMISED, RECTIFIED, VERIFIED, UNFOUNDED, REJECTED, WITHDRAWN),
    steps=(
        Step(
            "accept", RECEIVED >> ACCEPTED, (Role.CLERK, Role.OFFICER), words("Accept"),
            within="housing.accept", notify=(Role.REPORTER,),
        ),
        Step(
            "reject", RECEIVED >> REJECTED, (Role.CLERK, Role.OFFICER), words("Reject"),
            needs=(GROUND, REASON), within="housing.accept", form="rejection",
            notify=(Role.REPORTER,), grave=True,
        ),
        Step(
            "transfer", (RECEIVED | ACCEPTED) >> RECEIVED, (Role.CLERK, Role.OFFICER),
            words("Transfer to another body"), needs=(BODY, TRANSFER_REASON, NOTE),
            effects=frozenset({Effect.TRANSFER}), notify=(Role.CLERK, Role.REPORTER),
        ),
        Step(
            "return", RECEIVED >> RECEIVED, (Role.CLERK, Role.OFFICER), words("Return to the body it came from"),
            needs=(RETURN_REASON, NOTE), guards=(was_transferred,),
            effects=frozenset({Effect.RETURN}), notify=(Role.CLERK,),
        ),
        Step(
            "involve", staying(ACCEPTED, ORDERED, PROMISED, RECTIFIED), Role.OFFICER,
            words("Involve an assisting body"), needs=(BODY, NOTE), effects=frozenset({Effect.INVOLVE}),
            notify=(Role.ASSISTING,), internal=True,
        ),
        Step(
            "advise", staying(ACCEPTED, ORDERED, PROMISED, RECTIFIED), Role.ASSISTING,
            words("Give an opinion"), needs=(OPINION,), notify=(Role.OFFICER,), internal=True,
        ),
        Step(
            "order", ACCEPTED >> ORDERED, Role.OFFICER, words("Order rectification"),
            needs=(CAUSE, COMPANY, DUE_ON, REQUIREMENT), within="housing.order", form="rectification_order",
            effects=frozenset({Effect.INVITE}), notify=(Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "dismiss", ACCEPTED >> UNFOUNDED, Role.OFFICER, words("Close as unfounded"),
            needs=(FINDING,), approval=Role.LEADER, notify=(Role.REPORTER,), grave=True,
        ),
        Step(
            "promise", ORDERED >> PROMISED, Role.COMPANY, words("Promise a date"),
            needs=(PROMISED_ON, NOTE), guards=(within_the_order,), within="housing.promise",
            notify=(Role.OFFICER, Role.REPORTER),
        ),
        Step(
            "object", ORDERED >> ACCEPTED, Role.COMPANY, words("Object to the order"),
            needs=(REASON,), approval=Role.OFFICER, notify=(Role.COMPANY,),
        ),
        Step(
            "postpone", staying(ORDERED, PROMISED), Role.LEADER, words("Give a later date"),
            needs=(DUE_ON, REASON), guards=(later_than_ordered,),
            notify=(Role.OFFICER, Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "prove", (ORDERED | PROMISED) >> RECTIFIED, Role.COMPANY, words("Report as rectified"),
            needs=(EVIDENCE, NOTE), within=DueBy("due_on"), notify=(Role.OFFICER,),
        ),
        Step(
            "break", PROMISED >> ORDERED, label=words("Promise broken"), automatic=Automatic.CLOCK_LAPSED,
            within=DueBy("promised_on"), notify=(Role.OFFICER, Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "verify", RECTIFIED >> VERIFIED, Role.OFFICER, words("Verify on the spot"),
            needs=(CHECKED_ON, FINDING, SITE_PHOTOS), within="housing.verify", notify=(Role.REPORTER,),
        ),
        Step(
            "refuse", RECTIFIED >> ORDERED, Role.OFFICER, words("Send back: not rectified"),
            needs=(REASON, DUE_ON), within="housing.verify", notify=(Role.COMPANY,),
        ),
        Step(
            "revoke", (ORDERED | PROMISED) >> WITHDRAWN, Role.OFFICER, words("Withdraw the order"),
            needs=(WITHDRAWAL, REASON), approval=Role.LEADER, notify=(Role.COMPANY, Role.REPORTER), grave=True,
        ),
        Step(
            "retract", (RECEIVED | ACCEPTED) >> WITHDRAWN, Role.REPORTER, words("Withdraw the complaint"),
            needs=(REASON,), notify=(Role.CLERK,), grave=True,
        ),
        Step(
            "note", staying(RECEIVED, ACCEPTED, ORDERED, PROMISED, RECTIFIED),
            (Role.CLERK, Role.OFFICER, Role.LEADER), words("Add an internal note"),
            needs=(Need("note", NeedKind.TEXT, words("Note")),), internal=True,
        ),
    ),
)  # fmt: skip
"""The housing bureaus' proceeding, in force for complaints opened since 2020."""
