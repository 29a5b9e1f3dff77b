"""What the lists of cases can be narrowed to: the states and categories of the matters that a reader works on."""

from collections.abc import Iterable, Sequence

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES, KINDS
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.process import Process
from zhicheng.ground.packs.api import Term
from zhicheng.ground.ui.lists import Options

_UNSAID = frozenset({"open", "recorded"})
"""States of the loop that are not looked for: others say what an open case waits for."""


def kinds_read_by(actor: Actor) -> tuple[CaseKind, ...]:
    """The kinds in whose domains somebody is competent; all of them for whoever has no domain, as a company."""
    domains = frozenset().union(*(reach.domains for reach in actor.reaches))
    return tuple(kind for kind in KINDS if kind.domain in domains) or KINDS


def states(actor: Actor) -> Options:
    """The states of their kinds; where these are several, what several share comes first, then each kind's own."""
    kinds = kinds_read_by(actor)
    owners = [(kind, _labels(kind.versions)) for kind in kinds]
    loop = _labels((LOOP,))
    shared = [label for label in WORDED if label in loop or sum(label in own for _, own in owners) > 1]
    if len(kinds) == 1:
        return [_state(label) for label in dict.fromkeys((*owners[0][1], *loop))]
    groups = [(kind.label, [_state(label) for label in own if label not in shared]) for kind, own in owners]
    return [*(_state(label) for label in shared), *((name, own) for name, own in groups if own)]


def categories(actor: Actor) -> list[tuple[str, str]]:
    """The categories of their kinds, by their words."""
    return [one for _, found in _by_kind(kinds_read_by(actor)) for one in found]


def categories_by_kind(actor: Actor) -> Options:
    """The same, under the kind that each usually leads to where these are several."""
    groups = _by_kind(kinds_read_by(actor))
    return groups[0][1] if len(groups) == 1 else groups


def _by_kind(kinds: Sequence[CaseKind]) -> list[tuple[str, list[tuple[str, str]]]]:
    usual: dict[str, CaseKind] = {}
    for kind in kinds:
        for catalogue in kind.categories:
            usual.setdefault(catalogue, kind)
    found: dict[str, dict[tuple[str, str], None]] = {kind.label: {} for kind in usual.values()}
    offered = [one for one in CATALOGUES if one in usual]
    terms = Term.objects.filter(catalogue__in=offered, parent__isnull=False).order_by("catalogue", "sort", "code")
    for term in terms:
        found[usual[term.catalogue].label][(term.code, term.label)] = None
    return [(label, list(held)) for label, held in found.items()]


def _labels(tables: Iterable[Process]) -> dict[str, None]:
    return {state.label: None for table in tables for state in table.states if state.key not in _UNSAID}


def _state(label: str) -> tuple[str, str]:
    return WORDED[label][0], label


def _worded() -> dict[str, tuple[str, ...]]:
    """The states of every kind by their words: what is called alike is one choice."""
    worded: dict[str, dict[str, None]] = {}
    for process in (*(version for kind in KINDS for version in kind.versions), LOOP):
        for state in process.states:
            if state.key not in _UNSAID:
                worded.setdefault(state.label, {})[f"{process.key}:{state.key}"] = None
    return {label: tuple(found) for label, found in worded.items()}


WORDED = _worded()
