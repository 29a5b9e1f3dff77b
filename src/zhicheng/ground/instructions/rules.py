"""What becomes of a leader's instruction: answered by the date, or the superior body hears of it."""

from datetime import date

from zhicheng.core.access import Role
from zhicheng.core.process import (
    REASON,
    Automatic,
    Context,
    DueBy,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    final,
    open_,
)
from zhicheng.core.words import words

REPLY_BY = Need("reply_by", NeedKind.DATE, words("Reply by"), from_today=True, at_most_days=90)
TEXT = Need("instruction", NeedKind.TEXT, words("Instruction"))
REPLY = Need("reply", NeedKind.TEXT, words("Reply"))
REMARK = Need("remark", NeedKind.TEXT, words("What the superior body says"))

ASKED = open_("asked", Role.OFFICER, words("Awaiting a reply"))
LATE = open_("late", Role.OFFICER, words("Reply overdue"))
ANSWERED = open_("answered", Role.LEADER, words("Answered, for the leader to read"))
SETTLED = final("settled", words("Settled"))
WITHDRAWN = final("withdrawn", words("Withdrawn"))

INSTRUCTION = Process(
    key="instruction",
    label=words("Leader's instruction"),
    in_force=date(2020, 1, 1),
    states=(ASKED, LATE, ANSWERED, SETTLED, WITHDRAWN),
    opening=(TEXT, REPLY_BY),
    steps=(
        Step(
            "reply", (ASKED | LATE) >> ANSWERED, Role.OFFICER, words("Reply to the instruction"), needs=(REPLY,),
            within=DueBy("reply_by"), notify=(Role.LEADER,), internal=True,
        ),
        Step(
            "fall_late", ASKED >> LATE, label=words("Not answered by the date"), automatic=Automatic.CLOCK_LAPSED,
            within=DueBy("reply_by"), notify=(Role.OFFICER, Role.LEADER), internal=True,
        ),
        Step("settle", ANSWERED >> SETTLED, Role.LEADER, words("Accept the reply"), internal=True),
        Step(
            "ask_again", ANSWERED >> ASKED, Role.LEADER, words("Ask again"), needs=(REASON, REPLY_BY),
            notify=(Role.OFFICER,), internal=True,
        ),
        Step(
            "withdraw", (ASKED | LATE) >> WITHDRAWN, Role.LEADER, words("Withdraw the instruction"),
            needs=(REASON,), notify=(Role.OFFICER,), internal=True, grave=True,
        ),
    ),
)  # fmt: skip
"""The instruction itself, held by the body that has the matter."""


def instruction_ended(context: Context) -> Refusal | None:
    """Nothing is left to urge: the instruction was answered, settled or withdrawn."""
    if context.facts["late"]:
        return Refusal(words("The instruction has not been answered."))
    return None


RAISED = open_("raised", Role.LEADER, words("Taken to the superior body"))
URGED = final("urged", words("Urged"))
OVERTAKEN = final("overtaken", words("Answered meanwhile"))

ESCALATION = Process(
    key="instruction_escalation",
    label=words("Instruction not answered"),
    in_force=date(2020, 1, 1),
    states=(RAISED, URGED, OVERTAKEN),
    steps=(
        Step(
            "urge", RAISED >> URGED, Role.LEADER, words("Urge the body"), needs=(REMARK,), internal=True,
        ),
        Step(
            "overtake", RAISED >> OVERTAKEN, label=words("Answered meanwhile"), automatic=Automatic.WHEN_TRUE,
            guards=(instruction_ended,), internal=True,
        ),
    ),
)  # fmt: skip
"""What the superior body is told of an instruction that fell late."""
