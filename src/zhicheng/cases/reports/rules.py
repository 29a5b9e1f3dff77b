"""How a market report (举报) is handled: verified, and filed as a penalty case or not.

Reports are handled by 市场监督管理行政处罚程序规定: 15 working days from receipt to a leader's decision on filing,
15 more with a leader's approval, time for testing not counted (§18); conditions of filing §19, grounds against it
§20. A report is a lead and not a claim: its reporter may stay anonymous and cannot end its verification by
withdrawing, and neither reporter nor course is disclosed to whoever is reported: no step involves a company.

The orders differ in what the reporter is told. Order 20 §31: whoever reported under their name is told within
five working days whether a case is filed. Order 121 §36: the result is told where a law says so.
"""

from collections.abc import Mapping
from typing import Any

from zhicheng.cases.handover.rules import DESK, advising, involving, noting
from zhicheng.cases.joining.rules import together
from zhicheng.cases.market.distribution.rules import CONTESTED, distributing
from zhicheng.cases.market.orders.rules import ORDER_20, ORDER_121, PENALTY, Order
from zhicheng.cases.mediation.rules import (
    HANDED_IN,
    LABORATORY,
    MATERIALS,
    RESULT,
    TOLD_BY,
    TOLD_ON,
    TOLD_SINCE,
    WHAT_TESTED,
)
from zhicheng.cases.rectification.rules import ground_of
from zhicheng.cases.refiling.rules import REFILED, refiling, revising
from zhicheng.core.access import Domain, Role
from zhicheng.core.process import (
    REASON,
    Context,
    Effect,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    final,
    open_,
    staying,
)
from zhicheng.core.words import words

RECEIVED = open_(
    "received", Role.CLERK, words("Received, to be verified"), usual=("investigate", "transfer", "redirect")
)
VERIFYING = open_("verifying", Role.OFFICER, words("Being verified"), usual=("file", "drop", "extend"))
TESTING = open_("testing", Role.OFFICER, words("Being tested, the time stands"), usual=("resume",))
FILING = open_("filing", Role.OFFICER, words("Case filed, reporter to be told"), usual=("tell", "close"))
DROPPING = open_("dropping", Role.OFFICER, words("No case filed, reporter to be told"), usual=("tell", "close"))
FILED = final("filed", words("Filed as a penalty case"))
NOT_FILED = final("not_filed", words("Not filed"))
MERGED = final("merged", words("Merged with an earlier report"))
REDIRECTED = final("redirected", words("Reporter told which body is in charge"))
VERIFICATION = (VERIFYING, TESTING)
OPEN = (RECEIVED, CONTESTED, *VERIFICATION, FILING, DROPPING)
CATEGORIES = ("market.category", "food.category")
"""The catalogues whose terms lead to a market report."""
LIMIT = "market.verification"
LEAD_OF = "lead_of"
"""Where the opening of a report names the proceeding in which the lead was noticed."""

BREACH = Need("breach", NeedKind.TEXT, words("Suspected breach and the provision broken"))
IN_CHARGE = Need("in_charge", NeedKind.TEXT, words("Body in charge"), max_length=200)
EARLIER = Need("earlier", NeedKind.TEXT, words("Number of the earlier report"), max_length=100)
BASIS = Need("basis", NeedKind.TEXT, words("Provision by which the result is told"), max_length=200)


def was_noticed(opened_with: Mapping[str, Any]) -> bool:
    """Whether the body noticed the lead itself, while it handled something else: then nobody reported it."""
    return LEAD_OF in opened_with


def is_named(context: Context) -> Refusal | None:
    """Only somebody who reported it, and left a way to be reached, can be told."""
    if was_noticed(context.history[0].data):
        return Refusal(words("The body noticed this itself: nobody reported it, and nobody has to be told."))
    if context.facts["can_be_told"]:
        return None
    return Refusal(words("The report is anonymous: nobody can be told."))


def is_anonymous(context: Context) -> Refusal | None:
    """Only what nobody reported, or reported anonymously, ends without a reporter being told."""
    if context.facts["can_be_told"] and not was_noticed(context.history[0].data):
        return Refusal(words("The reporter can be reached: tell them what was decided."))
    return None


def report_under(order: Order) -> Process:
    """The table of market reports opened while an order is in force."""
    return Process(
        key="market_report",
        label=words("Market report"),
        domain=Domain.MARKET,
        in_force=order.in_force,
        until=order.until,
        states=(*OPEN, FILED, NOT_FILED, MERGED, REDIRECTED, REFILED),
        steps=(
            *_receiving(order),
            *distributing(order, RECEIVED, within=LIMIT),
            *_verifying(),
            *_supplementing(order),
            *_deciding(),
            *(_telling_named(order) if order is ORDER_20 else _telling_by_law(order)),
            involving(VERIFYING),
            advising(CONTESTED, VERIFYING),
            *together(RECEIVED, CONTESTED, *VERIFICATION),
            revising(CATEGORIES, *OPEN),
            *refiling("market_report", RECEIVED, VERIFYING),
            noting(*OPEN),
        ),
    )


def _receiving(order: Order) -> tuple[Step, ...]:
    early = RECEIVED | VERIFYING
    return (
        Step("investigate", RECEIVED >> VERIFYING, DESK, words("Take up for verification"), within=LIMIT),
        Step(
            "redirect", early >> REDIRECTED, DESK, words("Tell the reporter which body is in charge"),
            needs=(IN_CHARGE,), within=LIMIT, citation=order.cite("redirect"), notify=(Role.REPORTER,), grave=True,
        ),
        Step(
            "merge", early >> MERGED, DESK, words("Merge: same reporter, same facts, same trader"),
            needs=(EARLIER,), within=LIMIT, citation=order.cite("merge") if order.knows("merge") else "",
            notify=(Role.REPORTER,), grave=True,
        ),
    )  # fmt: skip


def _verifying() -> tuple[Step, ...]:
    cited = f"{PENALTY}第十八条"
    return (
        Step(
            "extend", staying(VERIFYING), Role.OFFICER, words("Extend the verification"), needs=(REASON,),
            approval=Role.LEADER, effects=frozenset({Effect.EXTEND}), citation=cited,
        ),
        Step(
            "test", VERIFYING >> TESTING, Role.OFFICER, words("Have it tested, the time stands"),
            needs=(LABORATORY, WHAT_TESTED), within=LIMIT, effects=frozenset({Effect.PAUSE}), citation=cited,
            internal=True,
        ),
        Step(
            "resume", TESTING >> VERIFYING, Role.OFFICER, words("Record the result, the time runs on"),
            needs=(RESULT,), within=LIMIT, effects=frozenset({Effect.RESUME}), citation=cited, internal=True,
        ),
    )  # fmt: skip


def _supplementing(order: Order) -> tuple[Step, ...]:
    """New facts from the reporter: under Order 121 the time runs anew from the day they came in."""
    anew = order.knows("merge")
    return (
        Step(
            "supplement", staying(RECEIVED, VERIFYING), (Role.REPORTER, *DESK), words("Add facts to the report"),
            needs=(HANDED_IN, MATERIALS), effects=frozenset({Effect.RESTART} if anew else ()),
            citation=order.cite("merge") if anew else "", notify=(Role.OFFICER,),
        ),
        Step(
            "disown", staying(RECEIVED, *VERIFICATION), (Role.REPORTER, *DESK),
            words("Withdraw the report; the verification goes on"), needs=(REASON,),
            notify=(Role.OFFICER,),
        ),
    )  # fmt: skip


def _deciding() -> tuple[Step, ...]:
    """The officer proposes, a leader decides: that is how the rules have it, and what an approval is."""
    return (
        Step(
            "file", VERIFYING >> FILING, Role.OFFICER, words("File a penalty case"), needs=(BREACH,),
            approval=Role.LEADER, within=LIMIT, citation=f"{PENALTY}第十九条", grave=True,
        ),
        Step(
            "drop", VERIFYING >> DROPPING, Role.OFFICER, words("File no case"),
            needs=(ground_of("market.no_filing"), REASON), approval=Role.LEADER, within=LIMIT,
            citation=f"{PENALTY}第二十条", grave=True,
        ),
    )  # fmt: skip


def _telling_named(order: Order) -> tuple[Step, ...]:
    told = words("Record that the reporter was told")
    nobody = words("Anonymous: nobody to tell")
    limit, cited = "market.reporter_told", order.cite("tell")
    return tuple(
        step
        for source, target, form in (
            (FILING, FILED, "market_report_filed"), (DROPPING, NOT_FILED, "market_report_not_filed"),
        )
        for step in (
            Step(
                "tell", source >> target, DESK, told, needs=(TOLD_ON, TOLD_BY), guards=(is_named, TOLD_SINCE),
                within=limit, form=form, citation=cited, notify=(Role.REPORTER,),
            ),
            Step("close", source >> target, DESK, nobody, guards=(is_anonymous,), within=limit),
        )
    )  # fmt: skip


def _telling_by_law(order: Order) -> tuple[Step, ...]:
    told = words("Record that the reporter was told the result")
    nobody = words("Close: no provision has the result told")
    limit = "market.result_told"
    return tuple(
        step
        for source, target in ((FILING, FILED), (DROPPING, NOT_FILED))
        for step in (
            Step(
                "tell", source >> target, DESK, told, needs=(BASIS, TOLD_ON, TOLD_BY),
                guards=(is_named, TOLD_SINCE), within=limit, form="market_report_result",
                citation=order.cite("tell"), notify=(Role.REPORTER,),
            ),
            Step("close", source >> target, DESK, nobody, needs=(REASON,), within=limit),
        )
    )  # fmt: skip


MARKET_REPORTS = tuple(report_under(order) for order in (ORDER_20, ORDER_121))
"""The tables of market reports, the older one first."""
