"""Reads of cases that several screens share."""

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.ground.proceedings.api import Proceeding, proceeding_of


def housing_of(case: Case) -> Proceeding:
    """The case's latest proceeding of the housing bureaus; raises LookupError for a historical case."""
    return _proceeding(case, HOUSING.key)


def loop_of(case: Case) -> Proceeding:
    """The case's loop."""
    return _proceeding(case, LOOP.key)


def _proceeding(case: Case, kind: str) -> Proceeding:
    found = proceeding_of((SUBJECT, case.id), kind)
    if found is None:
        raise LookupError(f"case {case.number} has no {kind}")
    return found


def proceedings_of(case: Case) -> frozenset[int]:
    """The ids of every proceeding of a case."""
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=case.id)
    return frozenset(found.values_list("id", flat=True))
