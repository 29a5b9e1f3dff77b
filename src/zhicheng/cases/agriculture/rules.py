"""How a complaint or report about an agricultural product is handled: 农产品质量安全法 (2022).

§56: a channel for complaints and reports, handled without delay; what is another's duty is passed to whoever is
competent and the reporter told so in writing. §53: checks on the spot, samples. §50: a rapid test by a recognised
method may be evidence. §51: whoever is tested may ask for a re-test, within four hours of a rapid result and five
working days of another, by another laboratory and not by a rapid test; its report comes within seven working days.
The law states no days for accepting and checking: those are the pack's.
"""

from dataclasses import replace
from datetime import date

from zhicheng.cases.handover.rules import (
    DESK,
    WHY_DISOWNED,
    advising,
    involving,
    noting,
    retracting,
    returning,
    transferring,
)
from zhicheng.cases.joining.rules import ENDED_WITH, FOLLOWING, following
from zhicheng.cases.mediation.rules import LABORATORY
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

LAW = "《中华人民共和国农产品质量安全法》"

RECEIVED = open_("received", Role.CLERK, words("Received, to be accepted"), usual=("accept", "reject", "transfer"))
CHECKING = open_("checking", Role.OFFICER, words("To be checked on the spot"), usual=("order", "test", "dismiss"))
RAPID = open_("rapid", Role.OFFICER, words("Rapid test"), usual=("pass", "fail"))
LABORATORY_TEST = open_("laboratory", Role.OFFICER, words("In the laboratory"), usual=("pass", "fail"))
RAPID_FAILED = open_(
    "rapid_failed", Role.COMPANY, words("Rapid test failed, re-test can be asked for"), usual=("contest",)
)
TEST_FAILED = open_(
    "test_failed", Role.COMPANY, words("Test failed, re-test can be asked for"), usual=("contest",)
)
RETESTING = open_("retesting", Role.OFFICER, words("Re-test"), usual=("confirm", "pass"))
FAILED = open_("failed", Role.OFFICER, words("Result stands, to be decided"), usual=("order", "refer"))
ORDERED = open_("ordered", Role.COMPANY, words("Correction ordered"), usual=("prove", "verify"))
CORRECTED = open_("corrected", Role.OFFICER, words("Reported as corrected"), usual=("verify", "refuse"))
VERIFIED = final("verified", words("Corrected and verified"))
REFERRED = final("referred", words("Referred as a penalty case"))
UNFOUNDED = final("unfounded", words("Found to be unfounded"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Withdrawn"))
TESTS = (RAPID, LABORATORY_TEST, RAPID_FAILED, TEST_FAILED, RETESTING)
OPEN = (RECEIVED, CHECKING, *TESTS, FAILED, ORDERED, CORRECTED)

PRODUCER = Need("company", NeedKind.PARTY, words("Producer or seller"))
SAMPLE = Need("sample", NeedKind.TEXT, words("Product, batch and number of the sample"), max_length=300)
ITEMS = Need("items", NeedKind.TEXT, words("Items and results"))
CORRECT_BY = Need("due_on", NeedKind.DATE, words("To be corrected by"), from_today=True, at_most_days=90)
VIOLATION = Need("violation", NeedKind.TEXT, words("Breach and the provision broken"))


def _receiving() -> tuple[Step, ...]:
    return (
        Step(
            "accept", RECEIVED >> CHECKING, DESK, words("Accept"), within="agriculture.accept",
            notify=(Role.OFFICER, Role.REPORTER),
        ),
        Step(
            "reject", RECEIVED >> REJECTED, DESK, words("Reject"),
            needs=(ground_of("agriculture.rejection"), REASON), within="agriculture.accept", form="rejection",
            notify=(Role.REPORTER,), grave=True,
        ),
        transferring((RECEIVED | CHECKING) >> RECEIVED, form="transfer_letter", citation=f"{LAW}第五十六条第二款"),
        returning(RECEIVED),
        retracting(RECEIVED >> WITHDRAWN),
        Step(
            "disown", staying(CHECKING, *TESTS, FAILED, ORDERED, CORRECTED), Role.REPORTER,
            words("Withdraw the report; the verification goes on"), needs=(WHY_DISOWNED,),
            notify=(Role.OFFICER,),
        ),
    )  # fmt: skip


def _testing() -> tuple[Step, ...]:
    """Samples and results; while a sample is tested, the time for the check stands."""
    stands, told = frozenset({Effect.PAUSE, Effect.INVITE}), (Role.COMPANY,)
    conforms = Step(
        "pass", (RAPID | LABORATORY_TEST) >> CHECKING, Role.OFFICER, words("The product conforms"), needs=(ITEMS,),
        within="agriculture.check", effects=frozenset({Effect.RESUME}), notify=told,
    )  # fmt: skip
    fails = Step(
        "fail", RAPID >> RAPID_FAILED, Role.OFFICER, words("The product does not conform: tell the result"),
        needs=(ITEMS,), notify=told,
    )  # fmt: skip
    return (
        Step(
            "test_rapidly", CHECKING >> RAPID, Role.OFFICER, words("Test on the spot, the time stands"),
            needs=(PRODUCER, SAMPLE), effects=stands, notify=told, citation=f"{LAW}第五十条",
        ),
        Step(
            "test", (CHECKING | RAPID) >> LABORATORY_TEST, Role.OFFICER,
            words("Send to the laboratory, the time stands"), needs=(PRODUCER, SAMPLE, LABORATORY), effects=stands,
            notify=told, citation=f"{LAW}第五十三条",
        ),
        conforms,
        replace(conforms, move=RETESTING >> CHECKING, within="agriculture.retest_report", effects=frozenset()),
        fails,
        replace(fails, move=LABORATORY_TEST >> TEST_FAILED),
    )  # fmt: skip


def _retesting() -> tuple[Step, ...]:
    """Whoever was tested may ask for another laboratory, for as long as the law gives after that kind of test."""
    contest = Step(
        "contest", TEST_FAILED >> RETESTING, (Role.COMPANY, Role.OFFICER), words("Ask for a re-test"),
        needs=(REASON,), within="agriculture.retest", citation=f"{LAW}第五十一条第一款", notify=(Role.OFFICER,),
    )  # fmt: skip
    stand = Step(
        "stand", TEST_FAILED >> FAILED, label=words("Nobody asked for a re-test: the result stands"),
        automatic=Automatic.CLOCK_LAPSED, within="agriculture.retest", notify=(Role.OFFICER,),
    )  # fmt: skip
    return (
        contest,
        replace(
            contest, move=RAPID_FAILED >> RETESTING, within="agriculture.retest_rapid",
            citation=f"{LAW}第五十一条第二款",
        ),
        stand,
        replace(stand, move=RAPID_FAILED >> FAILED, within="agriculture.retest_rapid"),
        Step(
            "confirm", RETESTING >> FAILED, Role.OFFICER, words("The re-test confirms the result"),
            needs=(LABORATORY, ITEMS), within="agriculture.retest_report", citation=f"{LAW}第五十一条第三款",
            notify=(Role.COMPANY,),
        ),
    )  # fmt: skip


def _deciding() -> tuple[Step, ...]:
    told = (Role.COMPANY, Role.REPORTER)
    order = Step(
        "order", CHECKING >> ORDERED, Role.OFFICER, words("Order correction"),
        needs=(PRODUCER, CHECKED_ON, FINDING, CORRECT_BY, REQUIREMENT, SITE_PHOTOS),
        guards=(CHECKED_SINCE,), within="agriculture.check",
        form="correction_order", effects=frozenset({Effect.INVITE}), notify=told,
    )  # fmt: skip
    refer = Step(
        "refer", CHECKING >> REFERRED, Role.OFFICER, words("Refer as a penalty case"), needs=(VIOLATION,),
        approval=Role.LEADER, within="agriculture.check", notify=(Role.REPORTER,), grave=True,
    )  # fmt: skip
    return (
        Step(
            "dismiss", CHECKING >> UNFOUNDED, Role.OFFICER, words("Close as unfounded"),
            needs=(CHECKED_ON, FINDING), approval=Role.LEADER,
            guards=(CHECKED_SINCE,), within="agriculture.check", notify=(Role.REPORTER,),
            grave=True,
        ),
        order,
        replace(order, move=FAILED >> ORDERED, within="agriculture.decide"),
        refer,
        replace(refer, move=FAILED >> REFERRED, within="agriculture.decide"),
    )  # fmt: skip


def _correcting() -> tuple[Step, ...]:
    told = (Role.COMPANY, Role.REPORTER)
    verify = Step(
        "verify", CORRECTED >> VERIFIED, Role.OFFICER, words("Verify on the spot"),
        needs=(CHECKED_ON, FINDING, SITE_PHOTOS),
        guards=(CHECKED_SINCE,), within="agriculture.verify", notify=told,
    )  # fmt: skip
    return (
        Step(
            "postpone", staying(ORDERED), Role.LEADER, words("Give a later date"), needs=(CORRECT_BY, REASON),
            guards=(later_than_ordered,), notify=(Role.OFFICER, *told),
        ),
        Step(
            "prove", ORDERED >> CORRECTED, Role.COMPANY, words("Report as corrected"), needs=(EVIDENCE, NOTE),
            within=DueBy("due_on"), notify=(Role.OFFICER,),
        ),
        verify,
        replace(verify, move=ORDERED >> VERIFIED, within=None),
        Step(
            "refuse", CORRECTED >> ORDERED, Role.OFFICER, words("Send back: not corrected"),
            needs=(REASON, CORRECT_BY), within="agriculture.verify", notify=(Role.COMPANY,),
        ),
        Step(
            "revoke", ORDERED >> WITHDRAWN, Role.OFFICER, words("Withdraw the order"),
            needs=(withdrawal_of("agriculture.withdrawal"), REASON), approval=Role.LEADER, notify=told, grave=True,
        ),
    )  # fmt: skip


AGRICULTURE = Process(
    key="agricultural_product",
    label=words("Agricultural product complaint"),
    domain=Domain.AGRICULTURE,
    in_force=date(2023, 1, 1),
    states=(*OPEN, FOLLOWING, VERIFIED, REFERRED, UNFOUNDED, REJECTED, WITHDRAWN, ENDED_WITH, REFILED),
    steps=(
        *_receiving(),
        *following(RECEIVED | CHECKING, CHECKING, decided=(VERIFIED, REFERRED, UNFOUNDED)),
        *_testing(),
        *_retesting(),
        *_deciding(),
        *_correcting(),
        involving(CHECKING, *TESTS, FAILED, ORDERED, CORRECTED),
        advising(CHECKING, *TESTS, FAILED, ORDERED, CORRECTED),
        revising(("agriculture.category",), *OPEN, FOLLOWING),
        *refiling("agricultural_product", RECEIVED, CHECKING),
        noting(*OPEN, FOLLOWING),
    ),
)
"""The agricultural bodies' proceeding, for what is opened since the law of 2022 is in force."""
