"""What a case is about is a fact of it, so it changes only by a step with its reason.

Whoever tells of something chooses a category, and may choose wrongly. Another category of the same kind is a
correction (`revise`): nothing else changes. If the matter is of another kind (a complaint about a shop filed as
one about a home), nothing was wrong about telling it, and no ground of rejection fits: it is re-filed. Its
proceeding ends, and one of the right kind begins in the same case, at the body that is competent for it, under
its own law. Its limits run from that day, or from when that body first had the matter: nobody wins time by giving
it another name. Number and secret of the case stay.

Re-filing is for the beginning, before anything is decided that the reporter or a company could rely on: where a
law has acceptance decided (market and tourism complaints), before that; where it has a case filed or not, before
that is decided; elsewhere for as long as the matter can be transferred.
"""

from collections.abc import Iterable
from dataclasses import replace

from zhicheng.cases.handover.rules import DESK
from zhicheng.cases.mediation.rules import DEMAND
from zhicheng.core.access import Role
from zhicheng.core.process import (
    REASON,
    WAS,
    Context,
    Effect,
    Move,
    Need,
    NeedKind,
    Refusal,
    State,
    Step,
    final,
    staying,
)
from zhicheng.core.words import words

REVISE = "revise"
"""The verb by which a case gets another category."""
REFILE = "refile"
"""The verb by which a matter ends as one kind and begins as another."""
REFILES = "refiles"
"""Where the opening of a proceeding names the one that was re-filed as it."""
REFILED = final("refiled", words("Handled on as a matter of another kind"))

KINDS = (
    ("housing_quality", words("Housing quality complaint")),
    ("engineering_quality", words("Engineering quality complaint")),
    ("market_complaint", words("Market complaint")),
    ("market_report", words("Market report")),
    ("tourism_complaint", words("Tourism complaint")),
    ("agricultural_product", words("Agricultural product complaint")),
    ("hazard", words("Hazard")),
)
"""What a matter can be, by the key of its proceeding."""
MARKET = frozenset({"market_complaint", "market_report"})
CATEGORIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("housing.category", words("Housing quality complaint"), frozenset({"housing_quality"})),
    ("engineering.category", words("Engineering quality complaint"), frozenset({"engineering_quality"})),
    ("market.category", words("Market complaint or report"), MARKET),
    ("food.category", words("Market complaint or report"), MARKET),
    ("tourism.category", words("Tourism complaint"), frozenset({"tourism_complaint"})),
    ("agriculture.category", words("Agricultural product complaint"), frozenset({"agricultural_product"})),
    ("hazards.category", words("Hazard"), frozenset({"hazard"})),
)
"""The catalogues of their categories, what they are called here, and of which kinds; no two share a code."""
CATALOGUES = tuple(catalogue for catalogue, _, _ in CATEGORIES)

WHO = (*DESK, Role.CALLER)
"""Who puts right what somebody chose: the body that has the matter, and the hotline."""
WHY = replace(
    REASON, hint=words("The bodies and the reporter read this; the company does not."), confidential=True
)
BEFORE = Need(
    f"category{WAS}", NeedKind.CODE, words("Category before"), catalogue=CATALOGUES[0], also=CATALOGUES[1:]
)
ASKED_FOR = replace(
    DEMAND, label=words("What the reporter demands"), required=False,
    hint=words("For a complaint that is mediated, if the reporter said it; else the body in charge asks them."),
)  # fmt: skip


def is_another_category(context: Context) -> Refusal | None:
    """Nothing is corrected by what was there before."""
    if context.data.get("category") is None or context.data["category"] != context.facts["category"]:
        return None
    return Refusal(words("The case has this category already."), field="category")


def is_not_in_hand(context: Context) -> Refusal | None:
    """A case holds one matter of a kind at a time."""
    if context.data.get("kind") not in context.facts["in_hand"]:
        return None
    return Refusal(words("A matter of this kind is in hand in this case already."), field="kind")


def revising(catalogues: tuple[str, ...], *states: State) -> Step:
    """Another category of the same kind, in any state in which the matter is in hand."""
    category = Need(
        "category", NeedKind.CODE, words("Category"), catalogue=catalogues[0], also=catalogues[1:],
        hint=words("If the matter is of another kind, re-file it instead."),
    )  # fmt: skip
    return Step(
        REVISE, staying(*states), WHO, words("Correct the category"), needs=(category, WHY), recalls=(BEFORE,),
        guards=(is_another_category,),
    )  # fmt: skip


def refiling(own: str, received: State, *taken_up: State) -> tuple[Step, ...]:
    """The matter is of another kind than its proceeding, whose key is `own`: it ends here and begins there.

    As long as it is only received, the hotline says so too; once it was taken up, the body that has it alone.
    """
    kind = Need(
        "kind", NeedKind.CHOICE, words("To be handled as"), choices=tuple(_others(own)),
        hint=words(
            "What has begun here ends. A matter of the kind you choose begins in the same case, at the body that "
            "is competent for it, with the limits of its own law. They count from today; if that body had it "
            "before, from then. The reporter is told; number and secret stay as they are."
        ),
    )  # fmt: skip
    first = Step(
        REFILE, received >> REFILED, WHO, words("Re-file as another kind"),
        needs=(kind, _category_beside(own), ASKED_FOR, WHY), recalls=(BEFORE,), guards=(is_not_in_hand,),
        effects=frozenset({Effect.REFILE}), notify=(Role.REPORTER,), grave=True, owed=True,
    )  # fmt: skip
    return (first, replace(first, move=Move(taken_up, REFILED), role=DESK)) if taken_up else (first,)


def _category_beside(own: str) -> Need:
    """A category of any kind but one's own."""
    offered = [(catalogue, heading) for catalogue, heading, kinds in CATEGORIES if kinds - {own}]
    (first, *also), headings = zip(*offered, strict=True)
    return Need(
        "category", NeedKind.CODE, words("Category"), catalogue=first, also=tuple(also), headings=headings,
        hint=words("One of the categories of that kind."),
    )  # fmt: skip


def _others(own: str) -> Iterable[tuple[str, str]]:
    return ((key, label) for key, label in KINDS if key != own)
