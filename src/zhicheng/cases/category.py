"""Giving a historical case its category, which nothing in its file said."""

from datetime import datetime

from django.db import transaction

from zhicheng.cases.kinds import CATALOGUES
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.packs.api import Branch, Term, term_tree
from zhicheng.ground.proceedings.api import proceeding_of


def may_categorise(case: Case, by: Actor) -> bool:
    """Whether the actor is an officer of the body that holds this historical case."""
    loop = proceeding_of((SUBJECT, case.id), LOOP.key) if case.historical else None
    return loop is not None and Role.OFFICER in by.roles_on(loop.matter())


def category_tree(case: Case) -> tuple[Branch, ...]:
    """The categories that are offered for a case, by group."""
    return tuple(branch for catalogue in CATALOGUES for branch in term_tree(catalogue, case.area))


@transaction.atomic
def categorise_case(*, case: Case, category: Term, by: Actor, now: datetime) -> None:
    """Gives a historical case a category, or another one: an entry in the case's chain, and no step of its loop.

    Giving the same one again changes nothing. Raises Refused for a case of the loop, whose category only its
    proceeding may change, and for anybody but an officer of the body that holds it.
    """
    take_turn((SUBJECT, case.pk))
    current = Case.objects.select_for_update(of=("self",)).select_related("category").get(pk=case.pk)
    if not current.historical:
        raise Refused(words("Only a historical case is given a category this way."))
    if not may_categorise(current, by):
        raise Refused(words("Only an officer of the body that holds the case can give it a category."))
    if current.category_id == category.pk:
        return
    body = {"from": current.category.code if current.category else None, "to": category.code}
    current.category = category
    current.save(update_fields=["category"])
    record(subject=(SUBJECT, current.id), act="case.categorise", by=by, now=now, body=body)
