"""How a hazard (隐患) is removed: on the spot, or by an order with a date, and never left open.

安全生产法 (2021) §65: a hazard found in a check is ordered removed at once; where safety cannot be assured before
a serious one is removed, people are withdrawn and work or use is stopped, and resumes only after review. §70:
who does not obey a stop is made to. §73: reports are verified, put in writing, and what has to be put right is
followed up. §74: anybody may report. The law states no number of days: dates are ordered case by case, other
limits are the pack's.

A hazard ends only when somebody has verified that it is gone, or the order is withdrawn with a reason. A report
cannot be taken back, and a referral for a penalty removes nothing.
"""

from dataclasses import replace
from datetime import date

from zhicheng.cases.handover.rules import DESK, WHY_DISOWNED, advising, involving, noting, returning, transferring
from zhicheng.cases.joining.rules import ENDED_WITH, FOLLOWING, following
from zhicheng.cases.rectification.rules import (
    CHECKED_ON,
    CHECKED_SINCE,
    EVIDENCE,
    FINDING,
    REQUIREMENT,
    SITE_PHOTOS,
    ground_of,
    later_than_ordered,
    withdrawal_of,
)
from zhicheng.cases.refiling.rules import REFILED, refiling, revising
from zhicheng.core.access import Domain, Role
from zhicheng.core.process import (
    NOTE,
    REASON,
    Automatic,
    DueBy,
    Effect,
    Need,
    NeedKind,
    Process,
    Step,
    final,
    open_,
    staying,
)
from zhicheng.core.words import words

REPORTED = open_("reported", Role.CLERK, words("Reported, to be taken up"), usual=("accept", "reject", "transfer"))
CHECKING = open_("checking", Role.OFFICER, words("To be checked on the spot"), usual=("remedy", "order", "stop"))
ORDERED = open_("ordered", Role.COMPANY, words("Removal ordered"), usual=("prove", "ask_time"))
OVERDUE = open_("overdue", Role.OFFICER, words("Not removed in time"), usual=("verify", "prove", "pursue"))
STOPPED = open_("stopped", Role.COMPANY, words("Work or use stopped"), usual=("apply", "look_again"))
REMOVED = open_("removed", Role.OFFICER, words("Reported as removed"), usual=("verify", "refuse"))
REVIEWING = open_(
    "reviewing", Role.OFFICER, words("Reported as removed, stop to be reviewed"), usual=("release", "uphold")
)
PURSUED = open_(
    "pursued", Role.OFFICER, words("Referred for a penalty, hazard still open"),
    usual=("verify", "look_again", "prove"),
)  # fmt: skip
VERIFIED = final("verified", words("Removed and verified"))
UNFOUNDED = final("unfounded", words("Found to be unfounded"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Order withdrawn"))
STANDING = (ORDERED, OVERDUE, STOPPED, REMOVED, REVIEWING, PURSUED)
"""The states in which an order stands."""
OPEN = (REPORTED, CHECKING, *STANDING)

LEVEL = Need(
    "level", NeedKind.CHOICE, words("Severity"),
    choices=(("ordinary", words("Ordinary hazard")), ("serious", words("Serious hazard"))),
)  # fmt: skip
ANSWERABLE = Need("company", NeedKind.PARTY, words("Who has to remove it"))
REMOVE_BY = Need("due_on", NeedKind.DATE, words("To be removed by"), from_today=True, at_most_days=180)
BEFORE_AND_AFTER = Need("site_photos", NeedKind.FILES, words("Photos before and after"))
DONE = replace(REQUIREMENT, label=words("What was done on the spot"))
"""On the spot nothing is left to be done, and the record says so."""
STOP = Need("stop", NeedKind.TEXT, words("What is stopped, and until what is put right"))
AUTHORITY = Need("authority", NeedKind.TEXT, words("Referred to"), max_length=200)


def _taking_up() -> tuple[Step, ...]:
    return (
        Step(
            "accept", REPORTED >> CHECKING, DESK, words("Take up"), within="hazards.accept",
            notify=(Role.OFFICER, Role.REPORTER),
        ),
        Step(
            "reject", REPORTED >> REJECTED, DESK, words("Reject"), needs=(ground_of("hazards.rejection"), REASON),
            within="hazards.accept", form="hazard_rejection", notify=(Role.REPORTER,), grave=True,
        ),
        transferring((REPORTED | CHECKING) >> REPORTED),
        returning(REPORTED),
        Step(
            "disown", staying(*OPEN), Role.REPORTER, words("Report as no longer there"), needs=(WHY_DISOWNED,),
            notify=(Role.OFFICER,),
        ),
        Step(
            "dismiss", CHECKING >> UNFOUNDED, Role.OFFICER, words("Close as unfounded"),
            needs=(CHECKED_ON, FINDING), approval=Role.LEADER,
            guards=(CHECKED_SINCE,), within="hazards.check", notify=(Role.REPORTER,),
            grave=True,
        ),
    )  # fmt: skip


def _ordering() -> tuple[Step, ...]:
    ordered = frozenset({Effect.INVITE})
    told = (Role.COMPANY, Role.REPORTER)
    stop = Step(
        "stop", CHECKING >> STOPPED, Role.OFFICER, words("Stop work or use"),
        needs=(ANSWERABLE, CHECKED_ON, FINDING, STOP),
        guards=(CHECKED_SINCE,), within="hazards.check", form="hazard_stop", effects=ordered,
        notify=(Role.LEADER, *told), grave=True, owed=True,
    )  # fmt: skip
    return (
        Step(
            "remedy", CHECKING >> VERIFIED, Role.OFFICER, words("Removed on the spot"),
            needs=(LEVEL, ANSWERABLE, CHECKED_ON, FINDING, DONE, BEFORE_AND_AFTER),
            guards=(CHECKED_SINCE,), within="hazards.check",
            form="hazard_record", effects=ordered, notify=told,
        ),
        Step(
            "order", CHECKING >> ORDERED, Role.OFFICER, words("Order removal by a day"),
            needs=(LEVEL, ANSWERABLE, CHECKED_ON, FINDING, REMOVE_BY, REQUIREMENT, SITE_PHOTOS),
            guards=(CHECKED_SINCE,), within="hazards.check",
            form="hazard_order", effects=ordered, notify=told,
        ),
        stop,
        replace(stop, move=(ORDERED | PURSUED) >> STOPPED, within=None, effects=ordered | {Effect.RESTART}),
        replace(stop, move=OVERDUE >> STOPPED, within="hazards.escalate"),
        Step(
            "ask_time", staying(ORDERED), Role.COMPANY, words("Ask for a later date"), needs=(REASON,),
            notify=(Role.LEADER, Role.OFFICER),
        ),
        Step(
            "postpone", (ORDERED | OVERDUE) >> ORDERED, Role.LEADER, words("Give a later date"),
            needs=(REMOVE_BY, REASON), guards=(later_than_ordered,), notify=(Role.OFFICER, *told),
        ),
        Step(
            "overrun", ORDERED >> OVERDUE, label=words("Not removed in time"), automatic=Automatic.CLOCK_LAPSED,
            within=DueBy("due_on"), notify=(Role.OFFICER, Role.LEADER, Role.COMPANY),
        ),
    )  # fmt: skip


def _removing() -> tuple[Step, ...]:
    back = (Role.COMPANY,)
    verify = Step(
        "verify", REMOVED >> VERIFIED, Role.OFFICER, words("Verify on the spot"),
        needs=(CHECKED_ON, FINDING, SITE_PHOTOS),
        guards=(CHECKED_SINCE,), within="hazards.verify", form="hazard_recheck",
        notify=(Role.COMPANY, Role.REPORTER),
    )  # fmt: skip
    return (
        Step(
            "prove", (ORDERED | OVERDUE | PURSUED) >> REMOVED, Role.COMPANY, words("Report as removed"),
            needs=(EVIDENCE, NOTE), notify=(Role.OFFICER,),
        ),
        Step(
            "apply", STOPPED >> REVIEWING, Role.COMPANY, words("Report as removed, ask to resume"),
            needs=(EVIDENCE, NOTE), notify=(Role.OFFICER,),
        ),
        verify,
        replace(verify, move=(OVERDUE | PURSUED) >> VERIFIED, within=None),
        Step(
            "refuse", REMOVED >> ORDERED, Role.OFFICER, words("Send back: not removed"),
            needs=(REASON, REMOVE_BY), within="hazards.verify", form="hazard_recheck", notify=back,
        ),
        Step(
            "release", REVIEWING >> VERIFIED, Role.OFFICER, words("Verify and let work resume"),
            needs=(CHECKED_ON, FINDING), approval=Role.LEADER, within="hazards.verify",
            guards=(CHECKED_SINCE,), form="hazard_recheck",
            notify=(Role.COMPANY, Role.REPORTER),
        ),
        Step(
            "uphold", REVIEWING >> STOPPED, Role.OFFICER, words("Not removed: the stop stands"), needs=(REASON,),
            within="hazards.verify", form="hazard_recheck", notify=back,
        ),
    )  # fmt: skip


def _escalating() -> tuple[Step, ...]:
    """A referral leaves the hazard open, and a stop in force: it is lifted by review alone.

    While either lasts somebody looks again, every time within the limit for it: nothing here is left to itself.
    """
    pursue = Step(
        "pursue", OVERDUE >> PURSUED, Role.OFFICER, words("Refer for a penalty"), needs=(AUTHORITY, REASON),
        approval=Role.LEADER, within="hazards.escalate", form="referral_letter", notify=(Role.COMPANY,),
        grave=True,
    )  # fmt: skip
    return (
        pursue,
        replace(pursue, move=staying(STOPPED), within=None),
        Step(
            "look_again", staying(STOPPED, PURSUED), Role.OFFICER,
            words("Check on the spot: the hazard is still there"), needs=(CHECKED_ON, FINDING, SITE_PHOTOS),
            guards=(CHECKED_SINCE,), within="hazards.follow_up",
            effects=frozenset({Effect.RESTART}), notify=(Role.COMPANY,),
        ),
        Step(
            "revoke", (ORDERED | OVERDUE | STOPPED | PURSUED) >> WITHDRAWN, Role.OFFICER,
            words("Withdraw the order"), needs=(withdrawal_of("hazards.withdrawal"), REASON), approval=Role.LEADER,
            notify=(Role.COMPANY, Role.REPORTER), grave=True,
        ),
    )  # fmt: skip


HAZARDS = Process(
    key="hazard",
    label=words("Hazard"),
    domain=Domain.HOUSING,
    in_force=date(2020, 1, 1),
    states=(*OPEN, FOLLOWING, VERIFIED, UNFOUNDED, REJECTED, WITHDRAWN, ENDED_WITH, REFILED),
    steps=(
        *_taking_up(),
        *following(REPORTED | CHECKING, CHECKING, decided=(VERIFIED, UNFOUNDED)),
        *_ordering(),
        *_removing(),
        *_escalating(),
        involving(CHECKING, *STANDING),
        advising(CHECKING, *STANDING),
        revising(("hazards.category",), *OPEN, FOLLOWING),
        *refiling("hazard", REPORTED, CHECKING),
        noting(*OPEN, FOLLOWING),
    ),
)
"""The proceeding about hazards: on building sites, where the source counts them, unless opened otherwise."""
