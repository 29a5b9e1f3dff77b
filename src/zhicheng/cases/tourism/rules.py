"""How a tourism complaint is handled: 旅游投诉处理办法 (National Tourism Administration Order 32, 2010-07-01).

The text itself was not at hand: the rules are taken from an official guide and from pages that quote single
articles, so no limit or ground is printed on a document (docs/explanation/law.md). Five working days to accept,
reject or pass on; the respondent answers within ten days; within sixty days of acceptance the mediation ends in
an agreement or is terminated; time for testing is not counted. Four or more reporters in one matter may
choose one to three representatives, who settle only with the consent of all.
"""

import re
from dataclasses import replace
from datetime import date

from zhicheng.cases.handover.rules import DESK, advising, involving, noting, retracting, returning, transferring
from zhicheng.cases.joining.rules import together
from zhicheng.cases.mediation.rules import (
    AGREED_ON,
    AGREED_SINCE,
    AGREEMENT,
    ANSWER,
    CONTENT,
    DEMAND,
    LABORATORY,
    RESPONDENT,
    RESULT,
    TRIP_ENDED_ON,
    WHAT_TESTED,
)
from zhicheng.cases.rectification.rules import ground_of
from zhicheng.cases.refiling.rules import REFILED, refiling, revising
from zhicheng.core.access import Domain, Role
from zhicheng.core.clock.due import local
from zhicheng.core.process import (
    REASON,
    Automatic,
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

RECEIVED = open_("received", Role.CLERK, words("Received, to be accepted"), usual=("accept", "reject", "transfer"))
ACCEPTED = open_(
    "accepted", Role.OFFICER, words("Accepted, respondent to be notified"), usual=("notify", "proceed")
)
ANSWERING = open_("answering", Role.COMPANY, words("Answer of the respondent awaited"), usual=("answer",))
MEDIATING = open_("mediating", Role.OFFICER, words("In mediation"), usual=("agree", "terminate"))
TESTING = open_("testing", Role.OFFICER, words("Being tested, the time stands"), usual=("resume",))
CLOSING = open_("closing", Role.OFFICER, words("Mediation to be ended"), usual=("terminate", "agree"))
SETTLED = final("settled", words("Settled by agreement"))
ENDED = final("ended", words("Mediation ended without agreement"))
REJECTED = final("rejected", words("Rejected"))
WITHDRAWN = final("withdrawn", words("Withdrawn by the reporter"))
MEDIATION = (ACCEPTED, ANSWERING, MEDIATING, TESTING)
OPEN = (RECEIVED, *MEDIATION, CLOSING)

HOW_MANY = Need(
    "how_many", NeedKind.CHOICE, words("Reporters"), choices=(("four_or_more", words("Four or more")),),
    hint=words("Of one matter, against one respondent."),
)  # fmt: skip
MOST_REPRESENTATIVES = 3
SEPARATORS = re.compile(r"[、，,；;\s]+")
REPRESENTATIVES = Need(
    "representatives", NeedKind.TEXT, words("Representatives"),
    hint=words("One to three of the reporters, such as 王五、赵六."),
    max_length=200,
)  # fmt: skip
PROOF = Need("proof", NeedKind.FILES, words("Evidence"), required=False)
MANNER = Need(
    "manner", NeedKind.CHOICE, words("How it was settled"),
    choices=(("mediated", words("Through mediation")), ("themselves", words("By the parties themselves"))),
)  # fmt: skip
ALL_CONSENT = Need(
    "all_consent", NeedKind.CHOICE, words("Consent of everybody represented"), required=False,
    choices=(("yes", words("All have agreed")),),
)  # fmt: skip


def names_in(text: str) -> list[str]:
    """The names in a text that lists them, each once.

    >>> names_in("王五、赵六，孙七 王五")
    ['王五', '赵六', '孙七']
    """
    return list(dict.fromkeys(filter(None, SEPARATORS.split(text))))


def one_to_three(context: Context) -> Refusal | None:
    """Four or more choose one to three of them."""
    count = len(names_in(context.data.get("representatives", "")))
    if not context.data or 1 <= count <= MOST_REPRESENTATIVES:
        return None
    return Refusal(
        words("Name one to three representatives, such as 王五、赵六: here are {count} names."), {"count": count},
        field="representatives",
    )  # fmt: skip


def all_represented_consent(context: Context) -> Refusal | None:
    """Representatives act for all, but settle only with the consent of all."""
    represented = context.last("represent") is not None
    if not represented or not context.data or context.data.get("all_consent") == "yes":
        return None
    return Refusal(
        words("Representatives complain for others here: record that everybody they represent agrees."),
        field="all_consent",
    )  # fmt: skip


def agreed_in_time(context: Context) -> Refusal | None:
    """Once mediation is to be ended, only an agreement from before can still be recorded."""
    over, agreed_on = context.last("lapse"), context.data.get("agreed_on")
    if context.state != CLOSING.key or over is None or agreed_on is None or agreed_on < local(over.at).date():
        return None
    return Refusal(
        words("Mediation was over on {day}: what the parties agree from then on is their own settlement."),
        {"day": local(over.at).date().isoformat()}, field="agreed_on",
    )  # fmt: skip


def _receiving() -> tuple[Step, ...]:
    return (
        Step(
            "accept", RECEIVED >> ACCEPTED, DESK, words("Accept"), within="tourism.accept", notify=(Role.REPORTER,)
        ),
        Step(
            "reject", RECEIVED >> REJECTED, DESK, words("Reject"), needs=(ground_of("tourism.rejection"), REASON),
            within="tourism.accept", form="tourism_rejection", notify=(Role.REPORTER,), grave=True,
        ),
        transferring(RECEIVED >> RECEIVED, form="tourism_transfer"),
        returning(RECEIVED),
        Step(
            "represent", staying(RECEIVED, ACCEPTED, ANSWERING, MEDIATING), DESK,
            words("Record the representatives of a joint complaint"), needs=(HOW_MANY, REPRESENTATIVES),
            guards=(one_to_three,),
        ),
        retracting((RECEIVED | ACCEPTED | ANSWERING | MEDIATING | TESTING) >> WITHDRAWN),
    )  # fmt: skip


def _hearing() -> tuple[Step, ...]:
    return (
        Step(
            "notify", ACCEPTED >> ANSWERING, Role.OFFICER, words("Notify the respondent"), needs=(RESPONDENT,),
            within="tourism.notify", form="tourism_notice", effects=frozenset({Effect.INVITE}),
            notify=(Role.COMPANY,),
        ),
        Step(
            "proceed", ACCEPTED >> MEDIATING, Role.OFFICER, words("Respondent heard otherwise: mediate"),
            needs=(ANSWER,), within="tourism.notify",
        ),
        Step(
            "answer", ANSWERING >> MEDIATING, (Role.COMPANY, Role.OFFICER), words("Answer the complaint"),
            needs=(ANSWER, PROOF), within="tourism.answer", notify=(Role.OFFICER, Role.REPORTER),
        ),
        Step(
            "miss", ANSWERING >> MEDIATING, label=words("No answer in time"), automatic=Automatic.CLOCK_LAPSED,
            within="tourism.answer", notify=(Role.OFFICER,),
        ),
        Step(
            "test", MEDIATING >> TESTING, Role.OFFICER, words("Have it tested, the time stands"),
            needs=(LABORATORY, WHAT_TESTED), effects=frozenset({Effect.PAUSE}),
            notify=(Role.REPORTER, Role.COMPANY), owed=True,
        ),
        Step(
            "resume", TESTING >> MEDIATING, Role.OFFICER, words("Record the result, the time runs on"),
            needs=(RESULT,), within="tourism.mediation", effects=frozenset({Effect.RESUME}),
            notify=(Role.REPORTER, Role.COMPANY), owed=True,
        ),
    )  # fmt: skip


def _ending() -> tuple[Step, ...]:
    parties = (Role.REPORTER, Role.COMPANY)
    terminate = Step(
        "terminate", MEDIATING >> ENDED, Role.OFFICER, words("End the mediation"),
        needs=(ground_of("tourism.mediation_end"), REASON), form="tourism_termination", notify=parties, grave=True,
    )  # fmt: skip
    return (
        Step(
            "agree", (MEDIATING | CLOSING) >> SETTLED, Role.OFFICER, words("Record the agreement"),
            needs=(AGREED_ON, MANNER, AGREEMENT, ALL_CONSENT),
            guards=(AGREED_SINCE, agreed_in_time, all_represented_consent),
            form="tourism_agreement", notify=parties,
        ),
        Step(
            "lapse", (ACCEPTED | ANSWERING | MEDIATING) >> CLOSING, label=words("The time for mediation is over"),
            automatic=Automatic.CLOCK_LAPSED, within="tourism.mediation", notify=(Role.OFFICER,),
        ),
        terminate,
        replace(terminate, move=CLOSING >> ENDED, within="tourism.closing"),
    )  # fmt: skip


TOURISM = Process(
    key="tourism_complaint",
    label=words("Tourism complaint"),
    domain=Domain.TOURISM,
    in_force=date(2010, 7, 1),
    opening=(DEMAND, TRIP_ENDED_ON),
    states=(*OPEN, SETTLED, ENDED, REJECTED, WITHDRAWN, REFILED),
    steps=(
        *_receiving(),
        *_hearing(),
        *_ending(),
        involving(ACCEPTED, ANSWERING, MEDIATING),
        advising(ACCEPTED, ANSWERING, MEDIATING),
        Step(
            "lead", staying(*OPEN), DESK, words("Record a lead on a breach of law"), needs=(CONTENT,),
            notify=(Role.OFFICER,), internal=True,
        ),
        *together(RECEIVED, *MEDIATION),
        revising(("tourism.category",), *OPEN),
        *refiling("tourism_complaint", RECEIVED),
        noting(*OPEN),
    ),
)  # fmt: skip
"""The tourism bodies' proceeding."""
