"""A draw in one file: the inputs as they were read, the randomness and where it is from, and the result.

Whoever has the bundle can repeat the draw without anything else. The tables are kept row by row as they were
read, so that nobody has to read CSV as we do, and the plan as the text that is hashed.

>>> from zhicheng.core.draws.drawing import Plan, draw
>>> nothing = Table("nothing", [])
>>> inputs = Inputs(nothing, nothing, nothing, Plan("plan", {"n": {}, "inspectors_per_visit": 2}))
>>> kept = read_bundle("".join(bundle(inputs, draw(inputs, "4F"), Randomness("4F"))).encode(), "draw.json")
>>> kept.randomness, kept.plan_text, kept.result["selected"]
('4f', '{"inspectors_per_visit":2,"n":{}}', [])
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhicheng.core.draws.drawing import Drawn, Inputs, Table
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.plan import read_json, read_plan
from zhicheng.core.draws.publishing import written
from zhicheng.core.draws.randomness import Source
from zhicheng.core.draws.showing import shown
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

FORMAT = "zhicheng-draw-1"
TABLES = ("roster", "inspectors", "conflicts")


@dataclass(frozen=True)
class Randomness:
    """What enters the seed, and the sources that it was combined from, if it was."""

    text: str
    sources: Sequence[Source] = ()


@dataclass(frozen=True)
class Bundle:
    """A bundle as it was read: it has the form of one, and nothing of what it says has been checked."""

    algorithm: Algorithm
    inputs: Inputs
    plan_text: str
    randomness: str
    sources: Sequence[str]
    result: dict[str, Any]


def bundle(inputs: Inputs, drawn: Drawn, randomness: Randomness) -> Iterator[str]:
    """The text of a bundle, in pieces."""
    yield f'{{\n "format": "{FORMAT}",\n "hash": "{drawn.commitment.algorithm}",\n'
    for name, table in zip(TABLES, (inputs.roster, inputs.inspectors, inputs.conflicts), strict=True):
        rows = ",\n  ".join(map(json_text, table.rows))
        yield f' "{name}": [\n  {rows}\n ],\n' if rows else f' "{name}": [],\n'
    kept = {"text": randomness.text.lower(), "sources": [source.text for source in randomness.sources]}
    yield f' "plan": {json_text(inputs.plan.canonical)},\n "randomness": {json_text(kept)},\n "result": '
    yield from written(drawn)
    yield "\n}\n"


def read_bundle(data: bytes, name: str) -> Bundle:
    """Reads a bundle called `name`. Raises Refused for what has not the form of one, naming the field."""
    form = _Form(name, read_json(data, name))
    form.text("format", FORMAT)
    algorithm = Algorithm(form.text("hash", *Algorithm))
    roster, inspectors, conflicts = (form.table(field) for field in TABLES)
    plan_text = form.text("plan")
    randomness = _Form(f"{name}, randomness", form.record("randomness"))
    return Bundle(
        algorithm=algorithm,
        inputs=Inputs(
            roster, inspectors, conflicts, read_plan(plan_text.encode("utf-8", "replace"), f"{name}, plan")
        ),
        plan_text=plan_text,
        randomness=randomness.text("text").lower(),
        sources=randomness.texts("sources"),
        result=form.record("result"),
    )


def json_text(value: Any) -> str:
    """`value` as JSON in one line, as it stands in bundles and is compared."""
    return json.dumps(value, ensure_ascii=False)


class _Form:
    """A record whose fields are asked for by what they should be; what they are not is told."""

    def __init__(self, name: str, content: Any) -> None:
        self._name = name
        self._content = content if isinstance(content, dict) else {}

    def text(self, field: str, *choices: str) -> str:
        found = self._content.get(field)
        if not isinstance(found, str) or (choices and found not in choices):
            raise self._refusal(field, " or ".join(choices) or "a text")
        return found

    def texts(self, field: str) -> list[str]:
        found = self._content.get(field) or []
        if not _is_texts(found):
            raise self._refusal(field, "a list of texts")
        return list(found)

    def record(self, field: str) -> dict[str, Any]:
        found = self._content.get(field)
        if not isinstance(found, dict):
            raise self._refusal(field, "a record")
        return found

    def table(self, field: str) -> Table:
        found = self._content.get(field)
        if not isinstance(found, list) or not all(map(_is_texts, found)):
            raise self._refusal(field, "a list of rows, each a list of texts")
        return Table(f"{self._name}, {field}", found)

    def _refusal(self, field: str, expected: str) -> Refused:
        found = shown(json_text(self._content[field])) if field in self._content else "missing"
        message = words("{name}: “{field}” is {found}; expected is {expected}")
        return Refused(message, name=self._name, field=field, found=found, expected=expected)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
