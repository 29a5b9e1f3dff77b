"""Whether a bundle is what it says: everything computed again, one check after the other.

>>> from zhicheng.core.draws.bundle import Randomness, bundle, read_bundle
>>> from zhicheng.core.draws.drawing import Inputs, Plan, Table
>>> nothing = Table("nothing", [])
>>> inputs = Inputs(nothing, nothing, nothing, Plan("plan", {"n": {}, "inspectors_per_visit": 2}))
>>> text = "".join(bundle(inputs, draw(inputs, "4f"), Randomness("4f")))
>>> changed = read_bundle(text.replace('"selected": []', '"selected": ["A"]').encode(), "draw.json")
>>> [check for check in verify(changed) if check.fault]
[Check(name='selected', fault='the bundle has ["A"], computed is []')]
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from zhicheng.core.draws.bundle import Bundle, json_text
from zhicheng.core.draws.drawing import Drawn, draw
from zhicheng.core.draws.randomness import combined, parse_source, require_announced
from zhicheng.core.refused import Refused

_MISSING = object()


@dataclass(frozen=True)
class Check:
    """One thing that was computed again; `fault` says what does not agree, and is None if all does."""

    name: str
    fault: str | None = None


def verify(bundle: Bundle, beforehand: str | None = None) -> Iterator[Check]:
    """Every check in turn: the sources and what was announced, the hashes, seed, selection, visits and tickets.

    `beforehand` is the commitment that was public before the randomness was known, if somebody has it: a bundle
    alone agrees with itself even if all of it was changed.

    What rests on something that cannot be read is not looked at: the check that failed is then the last one.
    """
    try:
        yield from _of_the_randomness(bundle)
        drawn = draw(bundle.inputs, bundle.randomness, bundle.algorithm)
    except Refused as refused:
        yield Check("inputs", str(refused))
        return
    yield Check("plan text", _difference(bundle.inputs.plan.canonical, bundle.plan_text))
    head = drawn.head()
    for key, value in head.items():
        yield Check(key, _difference(value, bundle.result.get(key, _MISSING)))
    if beforehand is not None:
        yield Check("published beforehand", _difference(head["commitment"], beforehand.strip().lower()))
    yield Check("tickets", _of_the_tickets(drawn, bundle.result.get("tickets")))
    yield Check("keys", _difference([*head, "tickets"], list(bundle.result)))


def _of_the_randomness(bundle: Bundle) -> Iterator[Check]:
    try:
        sources = [parse_source(text) for text in bundle.sources]
    except Refused as refused:
        yield Check("sources", str(refused))
        return
    yield Check("sources", _difference([source.text for source in sources], list(bundle.sources)))
    yield Check("announced", _refusal_of(lambda: require_announced(bundle.inputs.plan.content, sources)))
    if not sources:
        return
    try:
        yield Check("randomness", _difference(combined(sources, bundle.algorithm), bundle.randomness))
    except Refused as refused:
        yield Check("randomness", str(refused))


def _difference(computed: Any, kept: Any) -> str | None:
    if kept is _MISSING:
        return "missing"
    ours, theirs = json_text(computed), json_text(kept)
    return None if ours == theirs else f"the bundle has {_short(theirs)}, computed is {_short(ours)}"


def _of_the_tickets(drawn: Drawn, kept: Any) -> str | None:
    if not isinstance(kept, list):
        return "missing"
    for place, (ours, theirs) in enumerate(zip_longest(drawn.tickets(), kept, fillvalue=_MISSING), start=1):
        if ours is _MISSING:
            return f"number {place} is one too many"
        if fault := _difference(ours, theirs):
            return f"number {place}: {fault}"
    return None


def _refusal_of(action: Callable[[], object]) -> str | None:
    try:
        action()
    except Refused as refused:
        return str(refused)
    return None


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"
