"""How a market complaint (投诉) is handled: accepted or rejected, mediated, and ended by agreement or termination.

One table for each order that was in force (see `orders`). What the orders have in common: seven working days to
decide on acceptance; mediation only while both parties take part; testing time not counted; a mediator who is
challenged stops the mediation until a leader has decided; seven working days to tell both parties of its end.
Order 121 also knows identity checks, a laboratory named by the administration, and fraud by the reporter.

When the time for mediation has passed the law ends it, but by a decision that names the ground: the system
therefore moves the matter to `closing`, where nothing but that decision is left (and the record of an agreement
that was reached in time). Withdrawal after acceptance is a ground of the same decision.
"""

from dataclasses import replace

from zhicheng.cases.handover.rules import DESK, advising, involving, noting, retracting
from zhicheng.cases.joining.rules import together
from zhicheng.cases.market.distribution.rules import CONTESTED, distributing
from zhicheng.cases.market.orders.rules import ORDER_20, ORDER_121, Order
from zhicheng.cases.mediation.rules import (
    AGREED_ON,
    AGREED_SINCE,
    AGREEMENT,
    AMOUNT,
    ANSWER,
    ASKED_FOR,
    ASKED_UNTIL,
    BOUGHT_ON,
    CONSENTED,
    CONTENT,
    DEMAND,
    ENTRUSTABLE,
    ENTRUSTED,
    HANDED_IN,
    LABORATORY,
    MATERIALS,
    MEDIATED_ON,
    MEDIATOR,
    MISSING,
    MODE,
    PAPER,
    PLACE,
    POSITION,
    PUBLISHABLE,
    RESPONDENT,
    RESULT,
    TOLD_BY,
    TOLD_ON,
    TOLD_SINCE,
    WHAT_TESTED,
    laboratory_choice,
)
from zhicheng.cases.rectification.rules import ground_of
from zhicheng.cases.refiling.rules import REFILED, refiling, revising
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
    Process,
    Refusal,
    Step,
    final,
    open_,
    staying,
)
from zhicheng.core.words import words

RECEIVED = open_("received", Role.CLERK, words("Received, to be accepted"), usual=("accept", "transfer", "reject"))
AWAITING = open_("awaiting", Role.REPORTER, words("Materials asked for"), usual=("supply", "accept", "reject"))
ACCEPTED = open_(
    "accepted", Role.OFFICER, words("Accepted, mediation to be arranged"), usual=("name", "arrange", "answer")
)
MEDIATING = open_("mediating", Role.OFFICER, words("In mediation"), usual=("agree", "terminate", "answer"))
TESTING = open_("testing", Role.OFFICER, words("Being tested, the time stands"), usual=("resume",))
CHALLENGED = open_(
    "challenged", Role.LEADER, words("Mediator challenged, mediation stopped"), usual=("replace", "confirm")
)
CLOSING = open_("closing", Role.OFFICER, words("Mediation to be ended"), usual=("terminate", "agree", "settle"))
TERMINATED = open_("terminated", Role.OFFICER, words("Mediation ended, parties to be told"), usual=("tell",))
SETTLED = final("settled", words("Settled by agreement"))
ENDED = final("ended", words("Mediation ended without agreement"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Withdrawn by the reporter"))
BEFORE = (RECEIVED, AWAITING, CONTESTED)
MEDIATION = (ACCEPTED, MEDIATING, TESTING, CHALLENGED)
AFTER = (CLOSING, TERMINATED)
OPEN = (*BEFORE, *MEDIATION, *AFTER)
CATEGORIES = ("market.category", "food.category")
"""The catalogues whose terms lead to a market complaint."""


def waits_for_what_was_asked(context: Context) -> Refusal | None:
    """While materials are asked for by a day, their lack is no ground yet; refusing to give them is."""
    asked, ground = context.last("ask"), context.data.get("ground")
    if context.state != AWAITING.key or ground != "materials" or asked is None:
        return None
    until = asked.data["asked_until"]
    if until < local(context.now).date().isoformat():
        return None
    return Refusal(
        words("Materials were asked for by {asked_until}: their lack is no ground before that day has passed."),
        {"asked_until": until}, field="ground",
    )  # fmt: skip


def agreed_in_time(context: Context) -> Refusal | None:
    """Once mediation is to be ended, only an agreement from before can still be recorded."""
    if context.state != CLOSING.key:
        return None
    closing = context.last("lapse", "retract")
    agreed_on = context.data.get("agreed_on")
    if closing is None or agreed_on is None or agreed_on < local(closing.at).date():
        return None
    return Refusal(
        words("Mediation was over on {day}: what the parties agree from then on is their own settlement."),
        {"day": local(closing.at).date().isoformat()}, field="agreed_on",
    )  # fmt: skip


def time_is_over(context: Context) -> Refusal | None:
    """That no agreement was reached in time is a ground only when the time has passed."""
    if context.data.get("ground") != "time_over" or context.last("lapse") is not None:
        return None
    return Refusal(words("The time for mediation has not passed yet."), field="ground")


def complaint_under(order: Order) -> Process:
    """The table of market complaints opened while an order is in force."""
    return Process(
        key="market_complaint",
        label=words("Market complaint"),
        domain=Domain.MARKET,
        in_force=order.in_force,
        until=order.until,
        opening=_told(order),
        states=(*OPEN, SETTLED, ENDED, REJECTED, WITHDRAWN, REFILED),
        steps=(
            *_accepting(order),
            *_asking(order),
            *distributing(order, RECEIVED, within="market.accept"),
            *_arranging(order),
            *_testing(order),
            *_challenging(order),
            *_ending(order),
            *_noticing(order),
            involving(*MEDIATION),
            advising(CONTESTED, *MEDIATION),
            *together(*BEFORE, *MEDIATION),
            revising(CATEGORIES, *OPEN),
            *refiling("market_complaint", RECEIVED, AWAITING),
            noting(*OPEN),
        ),
    )


def _told(order: Order) -> tuple[Need, ...]:
    """What the registration form asks; whether to publish and to entrust only since Order 121."""
    consents = (PUBLISHABLE, ENTRUSTABLE) if order.knows("identity") else ()
    return (DEMAND, BOUGHT_ON, AMOUNT, *consents)


def _accepting(order: Order) -> tuple[Step, ...]:
    return (
        Step(
            "accept", (RECEIVED | AWAITING) >> ACCEPTED, DESK, words("Accept"), within="market.accept",
            form="market_acceptance", citation=order.cite("accept"), notify=(Role.REPORTER,),
        ),
        Step(
            "reject", (RECEIVED | AWAITING) >> REJECTED, DESK, words("Reject"),
            needs=(ground_of(f"market.rejection{order.catalogues}"), REASON), guards=(waits_for_what_was_asked,),
            within="market.accept", form="market_rejection", citation=order.cite("reject"),
            notify=(Role.REPORTER,), grave=True,
        ),
        retracting((RECEIVED | AWAITING | CONTESTED) >> WITHDRAWN),
    )  # fmt: skip


def _asking(order: Order) -> tuple[Step, ...]:
    checks_identity = order.knows("identity")
    needs = (ASKED_FOR, ASKED_UNTIL, MISSING) if checks_identity else (ASKED_UNTIL, MISSING)
    return (
        Step(
            "ask", RECEIVED >> AWAITING, DESK, words("Ask for materials by a day"), needs=needs,
            form="market_identity_request" if checks_identity else "",
            citation=order.cite("identity" if checks_identity else "materials"), notify=(Role.REPORTER,),
            owed=True,
        ),
        Step(
            "supply", AWAITING >> RECEIVED, (Role.REPORTER, *DESK), words("Hand in what was asked for"),
            needs=(HANDED_IN, MATERIALS), within=DueBy("asked_until"), notify=(Role.CLERK,),
        ),
        Step(
            "miss", AWAITING >> RECEIVED, label=words("Nothing was handed in"), automatic=Automatic.CLOCK_LAPSED,
            within=DueBy("asked_until"), notify=(Role.CLERK,),
        ),
    )  # fmt: skip


def _arranging(order: Order) -> tuple[Step, ...]:
    entrusting = (ENTRUSTED, CONSENTED, NOTE) if order.knows("identity") else (ENTRUSTED, NOTE)
    return (
        Step(
            "name", staying(ACCEPTED, MEDIATING), Role.OFFICER, words("Involve the trader complained about"),
            needs=(RESPONDENT,), effects=frozenset({Effect.INVITE}), notify=(Role.COMPANY,),
        ),
        Step(
            "answer", staying(ACCEPTED, MEDIATING), Role.COMPANY, words("Answer the complaint"),
            needs=(POSITION, ANSWER), notify=(Role.OFFICER,),
        ),
        Step(
            "entrust", staying(ACCEPTED, MEDIATING), Role.OFFICER, words("Entrust an organization with mediating"),
            needs=entrusting, citation=order.cite("entrust"), notify=(Role.REPORTER, Role.COMPANY),
        ),
        Step(
            "arrange", (ACCEPTED | MEDIATING) >> MEDIATING, Role.OFFICER, words("Call the parties to mediation"),
            needs=(MODE, MEDIATED_ON, PLACE, MEDIATOR), form="market_mediation_notice",
            citation=order.cite("mediate"), notify=(Role.REPORTER, Role.COMPANY), owed=True,
        ),
    )  # fmt: skip


def _testing(order: Order) -> tuple[Step, ...]:
    return (
        Step(
            "test", (ACCEPTED | MEDIATING) >> TESTING, Role.OFFICER, words("Have it tested, the time stands"),
            needs=(laboratory_choice(designated=order.knows("designate")), LABORATORY, WHAT_TESTED),
            effects=frozenset({Effect.PAUSE}), citation=order.cite("test"), notify=(Role.REPORTER, Role.COMPANY),
            owed=True,
        ),
        Step(
            "resume", TESTING >> MEDIATING, Role.OFFICER, words("Record the result, the time runs on"),
            needs=(RESULT,), within="market.mediation", effects=frozenset({Effect.RESUME}),
            citation=order.cite("test"), notify=(Role.REPORTER, Role.COMPANY), owed=True,
        ),
    )  # fmt: skip


def _challenging(order: Order) -> tuple[Step, ...]:
    everybody = (Role.REPORTER, Role.COMPANY)
    return (
        Step(
            "challenge", MEDIATING >> CHALLENGED, (*everybody, Role.OFFICER), words("Challenge the mediator"),
            needs=(REASON,), citation=order.cite("recuse"), notify=(Role.LEADER,),
        ),
        Step(
            "replace", CHALLENGED >> MEDIATING, Role.LEADER, words("Another person mediates"), needs=(MEDIATOR,),
            citation=order.cite("recuse"), notify=(Role.OFFICER, *everybody),
        ),
        Step(
            "confirm", CHALLENGED >> MEDIATING, Role.LEADER, words("The mediator stays"), needs=(REASON,),
            citation=order.cite("recuse"), notify=(Role.OFFICER, *everybody),
        ),
    )  # fmt: skip


def _ending(order: Order) -> tuple[Step, ...]:
    parties = (Role.REPORTER, Role.COMPANY)
    terminate = Step(
        "terminate", (ACCEPTED | MEDIATING | CHALLENGED) >> TERMINATED, Role.OFFICER, words("End the mediation"),
        needs=(ground_of(f"market.mediation_end{order.catalogues}"), REASON), guards=(time_is_over,),
        form="market_termination", citation=order.cite("terminate"), notify=parties, grave=True, owed=True,
    )  # fmt: skip
    return (
        Step(
            "agree", (ACCEPTED | MEDIATING | CLOSING) >> SETTLED, Role.OFFICER, words("Record the agreement"),
            needs=(AGREED_ON, AGREEMENT), guards=(AGREED_SINCE, agreed_in_time), form="market_agreement",
            citation=order.cite("agree"), notify=parties,
        ),
        Step(
            "settle", (ACCEPTED | MEDIATING | CLOSING) >> SETTLED, Role.OFFICER,
            words("Record an agreement without a paper"), needs=(AGREED_ON, PAPER, AGREEMENT),
            guards=(AGREED_SINCE, agreed_in_time), citation=order.cite("agree"), notify=parties,
        ),
        Step(
            "lapse", (ACCEPTED | MEDIATING | CHALLENGED) >> CLOSING, label=words("The time for mediation is over"),
            automatic=Automatic.CLOCK_LAPSED, within="market.mediation", citation=order.cite("terminate"),
            notify=(Role.OFFICER,),
        ),
        Step(
            "retract", (ACCEPTED | MEDIATING | TESTING | CHALLENGED) >> CLOSING, (Role.REPORTER, Role.OFFICER),
            words("Withdraw the complaint"), needs=(REASON,), citation=order.cite("terminate"),
            notify=(Role.OFFICER,), grave=True,
        ),
        terminate,
        replace(terminate, move=CLOSING >> TERMINATED, within="market.closing"),
        Step(
            "tell", TERMINATED >> ENDED, DESK, words("Record that the parties were told"),
            needs=(TOLD_ON, TOLD_BY), guards=(TOLD_SINCE,), within="market.mediation_notice",
            citation=order.cite("terminate"),
        ),
    )  # fmt: skip


def _noticing(order: Order) -> tuple[Step, ...]:
    """What comes up in a mediation and is another matter: a breach by the trader, fraud by the reporter."""
    noticed = (RECEIVED, *MEDIATION, *AFTER)
    lead = Step(
        "lead", staying(*noticed), DESK, words("Record a lead on a breach of law"), needs=(CONTENT,),
        notify=(Role.OFFICER,), internal=True, citation=order.cite("lead"),
    )  # fmt: skip
    if not order.knows("fraud"):
        return (lead,)
    fraud = Step(
        "report_fraud", staying(*noticed), Role.OFFICER, words("Refer suspected fraud to the police"),
        needs=(REASON,), approval=Role.LEADER, form="referral_letter", internal=True, citation=order.cite("fraud"),
    )  # fmt: skip
    return (lead, fraud)


MARKET_COMPLAINTS = tuple(complaint_under(order) for order in (ORDER_20, ORDER_121))
"""The tables of market complaints, the older one first."""
