"""What a mediation asks for, at its opening and in its steps: the particulars of the official forms, as values."""

from dataclasses import replace

from zhicheng.cases.rules import UNREAD
from zhicheng.core.process import Need, NeedKind, not_before
from zhicheng.core.words import words

DEMAND = Need(
    "demand", NeedKind.TEXT, words("What you ask for"), max_length=500,
    hint=words("Repair, exchange, return, refund, compensation: as exactly as you can."),
)  # fmt: skip
BOUGHT_ON = Need("bought_on", NeedKind.DATE, words("Bought or used on"), required=False, until_today=True)
AMOUNT = Need(
    "amount", NeedKind.MONEY, words("Amount in question"), required=False, hint=words("In yuan, such as 58.50."),
)  # fmt: skip
YES_OR_NO = (("yes", words("Yes")), ("no", words("No")))
PUBLISHABLE = Need(
    "publishable", NeedKind.CHOICE, words("May the complaint be published, without your name?"), required=False,
    choices=YES_OR_NO,
)  # fmt: skip
ENTRUSTABLE = Need(
    "entrustable", NeedKind.CHOICE, words("May another organization mediate on our behalf?"), required=False,
    choices=YES_OR_NO,
)  # fmt: skip
TRIP_ENDED_ON = Need("trip_ended_on", NeedKind.DATE, words("Trip ended on"), required=False, until_today=True)

ASKED_FOR = Need(
    "asked_for", NeedKind.CHOICE, words("Asked for"),
    choices=(("identity", words("Proof of identity")), ("materials", words("Missing materials"))),
)  # fmt: skip
ASKED_UNTIL = Need("asked_until", NeedKind.DATE, words("To be handed in by"), from_today=True, at_most_days=30)
MISSING = Need("missing", NeedKind.TEXT, words("What is missing"))
CONTENT = Need("content", NeedKind.TEXT, words("Content"))
HANDED_IN = replace(CONTENT, hint=UNREAD, confidential=True)
"""What a reporter adds when asked, proof of who they are for one."""
MATERIALS = Need("materials", NeedKind.FILES, words("Materials"), required=False, confidential=True)

RESPONDENT = Need("company", NeedKind.PARTY, words("Trader complained about"))
POSITION = Need(
    "position", NeedKind.CHOICE, words("Mediation"),
    choices=(("agrees", words("Agrees to mediation")), ("declines", words("Declines mediation"))),
)  # fmt: skip
ANSWER = Need("answer", NeedKind.TEXT, words("Answer"))
ENTRUSTED = Need("entrusted", NeedKind.TEXT, words("Organization entrusted"), max_length=100)
CONSENTED = Need(
    "consented", NeedKind.CHOICE, words("Consent"), choices=(("both", words("Both parties have agreed")),)
)
MODE = Need(
    "mode", NeedKind.CHOICE, words("Manner"),
    choices=(
        ("on_site", words("On the spot")), ("telephone", words("By telephone")),
        ("online", words("By internet, sound or video")),
    ),
)  # fmt: skip
MEDIATED_ON = Need("mediated_on", NeedKind.DATE, words("Day of mediation"), from_today=True, at_most_days=60)
PLACE = Need("place", NeedKind.TEXT, words("Time and place"), max_length=200)
MEDIATOR = Need("mediator", NeedKind.TEXT, words("Mediator"), max_length=100)

LABORATORY = Need("laboratory", NeedKind.TEXT, words("Laboratory"), max_length=100)
WHAT_TESTED = Need("what_tested", NeedKind.TEXT, words("What is tested, and who pays"))
RESULT = Need("result", NeedKind.TEXT, words("Result"))

AGREED_ON = Need("agreed_on", NeedKind.DATE, words("Agreed on"), until_today=True)
AGREED_SINCE = not_before("agreed_on", "open")
"""What was agreed before the complaint is no result of it."""
PAPER = Need(
    "paper", NeedKind.CHOICE, words("Why there is no paper"),
    choices=(
        ("fulfilled", words("Fulfilled at once")), ("waived", words("Both parties do without")),
    ),
)  # fmt: skip
AGREEMENT = Need("agreement", NeedKind.TEXT, words("What was agreed"))

TOLD_ON = Need("told_on", NeedKind.DATE, words("Told on"), until_today=True)
TOLD_SINCE = not_before("told_on", "terminate", "file", "drop")
"""Nobody was told of a decision before it was made."""
TOLD_BY = Need(
    "told_by", NeedKind.CHOICE, words("Told by"),
    choices=(
        ("internet", words("Internet")), ("telephone", words("Telephone")), ("sms", words("Text message")),
        ("email", words("E-mail")), ("letter", words("Letter")),
    ),
)  # fmt: skip


def laboratory_choice(*, designated: bool) -> Need:
    """Who chose the laboratory: the parties or, where the law lets it, the administration if they disagree."""
    agreed = ("agreed", words("The parties agreed on it"))
    named = ("designated", words("Named by the administration, as they did not agree"))
    return Need(
        "chosen_by", NeedKind.CHOICE, words("Choice of the laboratory"),
        choices=(agreed, named) if designated else (agreed,),
    )  # fmt: skip
