"""What the product asks of packs: a limit that no pack states, or a term that nothing offers, is found beforehand.

Apps say what they need of the sections `limits` and `terms`. A pack that names competent bodies has to state, by
itself or with the law, whatever is needed in the domains of these bodies; and no pack may state a limit or a
catalogue that nothing needs: it would be a misspelt one, or one that has no effect. A section on which a pack is
silent is left alone: whether it holds what is needed can only be asked of the database, when the pack is applied.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from zhicheng.core.access import Domain
from zhicheng.core.words import words
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Contents, Line

LIMITS, TERMS, JURISDICTIONS = "limits", "terms", "jurisdictions"
_WHERE = {LIMITS: ("limits.toml", "key"), TERMS: ("terms.csv", "catalogue")}
"""File and column of what is asked for."""


@dataclass(frozen=True)
class Demand:
    """A limit or catalogue by its `key`, which `label` needs for matters of a domain, in all domains if general.

    What was needed for matters opened before `until` has to be in force until then.
    """

    section: str
    key: str
    label: str
    domain: Domain = Domain.GENERAL
    until: date | None = None


_sources: list[Callable[[], Iterable[Demand]]] = []


def demand(source: Callable[[], Iterable[Demand]]) -> None:
    """Has `source` asked whenever a pack is checked; called from the `ready()` of an app."""
    _sources.append(source)


def list_demands() -> list[Demand]:
    """Everything that is needed, as the apps say it now."""
    return [one for source in _sources for one in source()]


def check_strangers(contents: Contents) -> Iterator[Problem]:
    """Keys that nothing needs, each once, with the nearest that something does."""
    for section, (file, column) in _WHERE.items():
        known = sorted({one.key for one in list_demands() if one.section == section})
        first: dict[str, Line[Any]] = {}
        for line in contents.of(section):
            first.setdefault(getattr(line.row, column), line)
        for key, line in first.items():
            if key not in known:
                nearest = "".join(get_close_matches(key, known, n=1, cutoff=0.0)) or "—"
                expected = words("a name that something uses; the nearest is {nearest}")
                yield Problem(file, line.place, column, f"“{key}”", expected, {"nearest": nearest})


def check_lacking(contents: Contents, law: Contents) -> Iterator[Problem]:
    """What is needed in the domains of the pack's bodies and neither the pack nor the law states.

    Asks only for the sections that `contents` has and that could be read in both.
    """
    domains = {line.row.domain for line in contents.of(JURISDICTIONS)}
    for section in _WHERE if domains else ():
        if section in contents.lines and section not in contents.broken | law.broken:
            yield from _lacking(section, domains, contents, law)


def _lacking(section: str, domains: set[Domain], contents: Contents, law: Contents) -> Iterator[Problem]:
    file, column = _WHERE[section]
    rows = [line.row for one in (contents, law) for line in one.of(section)]
    told: set[str] = set()
    for one in list_demands():
        if one.section != section or one.key in told or one.domain not in domains | {Domain.GENERAL}:
            continue
        stated = [row for row in rows if getattr(row, column) == one.key and getattr(row, "area", None) is None]
        if not any(_lasts(row.valid_to, one.until) for row in stated):
            told.add(one.key)
            expected = words("“{key}”, which is needed by: {label}")
            yield Problem(file, "", column, expected=expected, params={"key": one.key, "label": one.label})


def _lasts(valid_to: date | None, until: date | None) -> bool:
    """Whether what is in force up to `valid_to` is still so on the last day before `until`."""
    return valid_to is None or (until is not None and valid_to >= until - timedelta(days=1))
