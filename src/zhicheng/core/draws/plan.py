"""The plan of a draw: how many of each stratum are drawn, and how many inspectors go on a visit.

>>> plan = read_plan('{"n": {"食品": 5, "工业": 4}, "inspectors_per_visit": 2}'.encode(), "plan.json")
>>> list(plan.counts()), plan.canonical
([('工业', 4), ('食品', 5)], '{"inspectors_per_visit":2,"n":{"工业":4,"食品":5}}')
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhicheng.core.draws.showing import shown
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

EXPECTED = '{"n": {"stratum": 5}, "inspectors_per_visit": 2}'


@dataclass(frozen=True)
class Plan:
    """A plan as JSON gave it. Keys that the draw does not know are kept: they are hashed with the others."""

    name: str
    content: dict[str, Any]

    @property
    def canonical(self) -> str:
        """The text that is hashed: JSON with sorted keys and without spaces. Raises Refused if too deep."""
        try:
            return json.dumps(self.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        except RecursionError:
            raise _too_deep(self.name) from None

    def counts(self) -> Iterator[tuple[Any, Any]]:
        """Every stratum, by code point, and how many of it are to be drawn. Raises Refused.

        What is no count is told only for a stratum that has units, by `count_of`.
        """
        sizes = self._content("n")
        try:
            yield from [(stratum, sizes[stratum]) for stratum in sorted(sizes)]
        except (TypeError, IndexError):
            message = words("{name}: “n” is {value}; expected is how many of each stratum, like {expected}")
            raise Refused(message, name=self.name, value=_shown(sizes), expected=EXPECTED) from None

    def count_of(self, stratum: str, count: Any) -> int:
        """`count` of a stratum that has units: a whole number; a negative one draws as 0 does. Raises Refused."""
        if isinstance(count, int):
            return count
        message = words("{name}: “n” of stratum “{stratum}” is {value}; expected is a whole number")
        raise Refused(message, name=self.name, stratum=shown(str(stratum)), value=_shown(count))

    @property
    def inspectors_per_visit(self) -> int:
        """How many inspectors go on a visit: a whole number. Raises Refused."""
        value = self._content("inspectors_per_visit")
        if isinstance(value, int):
            return value
        message = words("{name}: “inspectors_per_visit” is {value}; expected is a whole number")
        raise Refused(message, name=self.name, value=_shown(value))

    def require(self) -> None:
        """Raises Refused if a key is missing that every plan has."""
        self._content("n")
        self._content("inspectors_per_visit")

    def _content(self, key: str) -> Any:
        try:
            return self.content[key]
        except KeyError:
            message = words("{name}: “{key}” is missing; expected is a plan like {expected}")
            raise Refused(message, name=self.name, key=key, expected=EXPECTED) from None


def read_plan(data: bytes, name: str) -> Plan:
    """Reads a plan from UTF-8 JSON without byte order mark; of a repeated key the last counts. Raises Refused."""
    content = read_json(data, name)
    if not isinstance(content, dict):
        message = words("{name} holds {value}; expected is a plan like {expected}")
        raise Refused(message, name=name, value=_shown(content), expected=EXPECTED)
    return Plan(name, content)


def read_json(data: bytes, name: str) -> Any:
    """Reads UTF-8 JSON; `name` is how a refusal calls it. Raises Refused, naming line and column.

    >>> read_json(b"{,}", "plan.json")
    Traceback (most recent call last):
    zhicheng.core.refused.Refused: plan.json, line 1, column 2: Expecting property name enclosed in double quotes
    """
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        message = words("{name}, byte {byte}: not UTF-8")
        raise Refused(message, name=name, byte=error.start + 1) from None
    except json.JSONDecodeError as error:
        message = words("{name}, line {line}, column {column}: {fault}")
        raise Refused(message, name=name, line=error.lineno, column=error.colno, fault=error.msg) from None
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError:
        raise Refused(words("{name}: a number has more digits than can be read"), name=name) from None


def _too_deep(name: str) -> Refused:
    return Refused(words("{name}: lists within lists, too deep to be read"), name=name)


def _shown(value: Any) -> str:
    return shown(json.dumps(value, ensure_ascii=False))
