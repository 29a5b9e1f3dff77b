"""Confirming the categories of many historical cases at once: which wait, what is suggested, what was chosen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zhicheng.cases.category import categorise_case
from zhicheng.cases.kinds import CATALOGUES
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.suggesting.queries import Suggestions, suggest_categories_for
from zhicheng.cases.suggesting.services import keep_choice
from zhicheng.core.access import Actor, Role
from zhicheng.core.columns import fold
from zhicheng.ground.kept import kept
from zhicheng.ground.ledger.api import take_turn
from zhicheng.ground.packs.api import Term, term_tree


@dataclass(frozen=True)
class Named:
    """A category by the words that name it alone: its own, and those of its group."""

    term: Term
    label: str


def waiting_cases(actor: Actor) -> QuerySet[Case]:
    """The historical cases without category of the bodies whose officer the actor is, in a fixed order."""
    bodies = {one for reach in actor.reaches if reach.role is Role.OFFICER for one in reach.organizations}
    waiting = Case.objects.listed_for(actor).filter(
        historical=True, category__isnull=True, erased_at__isnull=True, importer__in=bodies
    )
    return waiting.select_related("area").order_by("id")


def suggestions_of(case: Case) -> Suggestions:
    """What the words of a case suggest."""
    return suggest_categories_for(f"{case.title}\n{case.description}", case.area.path)


@transaction.atomic
def confirm_categories(*, chosen: Mapping[int, Term], cases: Iterable[Case], by: Actor, now: datetime) -> int:
    """Gives each chosen case its category and keeps what had been suggested; all of them or none.

    A case that somebody else gave one meanwhile keeps that. Returns how many were given one here.
    """
    given = 0
    for case in sorted((case for case in cases if case.pk in chosen), key=lambda one: one.pk):
        take_turn((SUBJECT, case.pk))
        if not Case.objects.filter(pk=case.pk, category__isnull=True).exists():
            continue
        suggested, category = suggestions_of(case), chosen[case.pk]
        categorise_case(case=case, category=category, by=by, now=now)
        codes = [one.term.code for one in suggested.categories]
        keep_choice(case=case, suggested=codes, model=suggested.model, chosen=category, by=by, now=now)
        given += 1
    return given


@kept
def named_categories(area_path: str, language: str) -> tuple[Named, ...]:
    """Every category of an area with its group, in the language of the page."""
    return tuple(
        Named(leaf.term, f"{leaf.term.label} · {branch.term.label}")
        for catalogue in CATALOGUES
        for branch in term_tree(catalogue, area_path)
        for leaf in branch.below or (branch,)
    )


def find_category(text: str, named: Iterable[Named]) -> Term | None:
    """The category that a text names: by its code, by itself and its group, or by words that only it has."""
    wanted, named = fold(text), tuple(named)
    words = Counter(name for one in named for name in {fold(one.term.zh), fold(one.term.en)})
    for one in named:
        alone = wanted in (fold(one.term.zh), fold(one.term.en)) and words[wanted] == 1
        if alone or wanted in (fold(one.term.code), fold(one.label)):
            return one.term
    return None
