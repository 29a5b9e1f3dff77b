"""The ways in: what a citizen may want to say, each with its own form, words and body."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from zhicheng.cases.api import CaseKind, kinds_chosen, kinds_for
from zhicheng.core.words import words

RECTIFIED = (
    words("It finds the cause and orders whoever answers for it to put it right by a date."),
    words("An officer checks the result on the spot."),
)
SETTLED = (
    words("It invites both sides to settle the dispute, and looks into what breaks the law."),
    words("You are told how it ended."),
)


VERIFIED = (
    words("A leader decides whether a penalty case is filed."),
    words("You are told the result where a provision says so."),
)
UNSEEN = words(
    "Your name, number and e-mail address are stored encrypted. The company you complain about never sees them."
)
"""True where no paper that the other side gets names the reporter."""
STANDING = words(
    "With both you can follow the case, add to it, or have it reopened. Write them down or photograph this page."
)
"""What is reported is looked into, even if its reporter would rather have it back."""


@dataclass(frozen=True)
class Door:
    """One way in. `slug` stands in its address; the home's, which every city has, has none.

    `catalogues` hold the categories that are offered; they lead to the same kinds. `asks_site` offers the
    estates and buildings of the city. `follows` tells what the body does. `wishes` says in a citizen's words
    what the kinds are for, where there are several; `named` are those that are taken up only from somebody who
    gives a name and a number. `sends`, `received` and `have` are what is said on sending and of what arrived,
    `keeps` what number and secret are good for, `begins` what the body does first; `private` says what the other
    side never sees of the sender, and what it does.
    """

    slug: str
    icon: str
    title: str
    text: str
    catalogues: tuple[str, ...]
    tell: str
    respondent: str
    where: str = words("Shop, street and number, or what else helps to find it")
    asks_site: bool = False
    follows: tuple[str, ...] = RECTIFIED
    wishes: tuple[tuple[str, str], ...] = ()
    named: frozenset[str] = frozenset()
    private: str = UNSEEN
    sends: str = words("Send the complaint")
    received: str = words("Complaint received")
    have: str = words("We have your complaint")
    keeps: str = words(
        "With both you can follow the case, withdraw it, or have it reopened. Write them down or photograph this "
        "page."
    )
    begins: str = words("The competent body takes the matter up or tells you why it cannot.")

    @property
    def kinds(self) -> tuple[CaseKind, ...]:
        """What can be asked for here, the usual first."""
        return kinds_for(self.catalogues[0])

    def chosen(self, keys: Collection[str]) -> tuple[CaseKind, ...]:
        """What somebody asks for; the usual if they did not say."""
        return kinds_chosen(self.catalogues[0], keys)


HOME = Door(
    slug="", icon="house", title=words("Complain about a home"),
    text=words("Leaks, hollow plaster, cracks: photograph it"), catalogues=("housing.category",),
    tell=words("Since when, in which rooms, what the developer has said or done."),
    respondent=words("Developer or company, if you know it"),
    where=words("Needed to find the defect. The company sees it once it is ordered to put it right."),
    asks_site=True,
)  # fmt: skip
GOODS = Door(
    slug="goods", icon="shopping-bag", title=words("Goods, services, food"),
    text=words("Settle a dispute, or report a breach"), catalogues=("market.category", "food.category"),
    tell=words("What you bought or used, what is wrong with it, what the trader has said or done."),
    respondent=words("Name of the shop, company or platform"), named=frozenset({"market_complaint"}),
    follows=SETTLED, sends=words("Send complaint or report"),
    wishes=(
        ("market_complaint", words("Settle my dispute: repair, refund, compensation")),
        ("market_report", words("Look into a breach of the law")),
    ),
    private=words(
        "Your name, number and e-mail address are stored encrypted. The company never sees your number or e-mail "
        "address. If you ask for mediation, your name stands on its papers once it is arranged. Whoever is "
        "reported is never told who reported it."
    ),
)  # fmt: skip
REPORT = replace(
    GOODS, follows=VERIFIED, received=words("Report received"), have=words("We have your report"), keeps=STANDING,
    begins=words("The competent body verifies what you report, or tells you which body is in charge."),
)  # fmt: skip
"""The same door in the words for a report alone: it is accepted and mediated by nobody."""
TRAVEL = Door(
    slug="travel", icon="map", title=words("Travelling"), text=words("Travel agency, guide, hotel, sight"),
    catalogues=("tourism.category",),
    tell=words("What was agreed, what happened, what the other side has said or done."),
    respondent=words("Name of the travel agency, hotel or sight"), named=frozenset({"tourism_complaint"}),
    follows=SETTLED,
    private=words(
        "Your name, number and e-mail address are stored encrypted. The company never sees your number or e-mail "
        "address. Your name stands on the notice that it gets once your complaint is accepted, and on the papers "
        "of the mediation."
    ),
)  # fmt: skip
PRODUCE = Door(
    slug="produce", icon="sprout", title=words("Farm produce"), text=words("Residues, certificates, fake inputs"),
    catalogues=("agriculture.category",),
    tell=words("What it is, where it was grown or bought, what is wrong with it."),
    respondent=words("Name of the farm, market or shop"),
)  # fmt: skip
WORKS = Door(
    slug="works", icon="construction", title=words("Roads and public buildings"),
    text=words("Broken surfaces, pipes, public buildings"), catalogues=("engineering.category",),
    tell=words("What is broken, since when, and whether it is dangerous."),
    respondent=words("Company, if you know it"), asks_site=True,
)  # fmt: skip
HAZARD = Door(
    slug="hazard", icon="triangle-alert", title=words("Report a hazard"),
    text=words("Sites, facades, gas, escape routes"), catalogues=("hazards.category",),
    tell=words("What may happen, and whom it may hit. If it is about to happen, call the emergency number."),
    respondent=words("Company, if you know it"), asks_site=True, sends=words("Report the hazard"),
    received=words("Hazard reported"), have=words("We have your report of a hazard"),
    keeps=STANDING,
    private=words(
        "Your name, number and e-mail address are stored encrypted. "
        "Whoever has to remove the hazard never sees them."
    ),
)  # fmt: skip
DOORS = (HOME, GOODS, TRAVEL, PRODUCE, WORKS, HAZARD)


def get_door(slug: str) -> Door | None:
    """The door with this address."""
    return next((door for door in DOORS if door.slug == slug), None)


def in_words_for(door: Door, asked: Collection[CaseKind]) -> Door:
    """The door in the words for what was asked for at it."""
    return REPORT if door is GOODS and {kind.key for kind in asked} == {"market_report"} else door
