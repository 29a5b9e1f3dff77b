"""Checks that hold for every section: keys once, periods forward and apart, totals as stated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from zhicheng.core.words import words
from zhicheng.ground.packs.manifest import MANIFEST
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Check, Contents, Line, Section


def check_contents(contents: Contents, sections: Iterable[Section[Any]]) -> list[Problem]:
    """Everything that is wrong between rows; single values are right already."""
    present = [section for section in sections if section.name in contents.lines]
    problems = [problem for section in present for problem in _check_keys(section, contents)]
    for section in present:
        for check in section.checks:
            problems.extend(check(section, contents))
    return problems


def _check_keys(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    first: dict[tuple[Any, ...], str] = {}
    for line in contents.of(section.name):
        key = section.key_of(line.row)
        if key in first:
            found = " ".join(str(value) for value in key if value is not None)
            expected = words("a key that {place} has not taken already")
            yield Problem(section.file, line.place, ", ".join(section.key), found, expected, {"place": first[key]})
        first.setdefault(key, line.place)


def check_periods(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """The last day of a row is not before its first."""
    for line in contents.of(section.name):
        first, last = line.row.valid_from, line.row.valid_to
        if last is not None and last < first:
            expected = words("a last day that is not before the first, {valid_from}")
            yield Problem(section.file, line.place, "valid_to", str(last), expected, {"valid_from": first})


def check_apart(*columns: str) -> Check:
    """A check that rows alike in `columns` are not in force at the same time."""

    def check(section: Section[Any], contents: Contents) -> Iterator[Problem]:
        alike: defaultdict[tuple[Any, ...], list[Line[Any]]] = defaultdict(list)
        for line in contents.of(section.name):
            alike[tuple(getattr(line.row, column) for column in columns)].append(line)
        for lines in alike.values():
            lines.sort(key=lambda line: line.row.valid_from)
            for earlier, later in pairwise(lines):
                if later.row.valid_from <= (earlier.row.valid_to or date.max):
                    yield _overlap(section, earlier, later)

    return check


def _overlap(section: Section[Any], earlier: Line[Any], later: Line[Any]) -> Problem:
    expected = words("a first day after {last}, the last day of {place}")
    params = {"last": earlier.row.valid_to or "—", "place": earlier.place}
    return Problem(section.file, later.place, "valid_from", str(later.row.valid_from), expected, params)


def check_refers(column: str, to: str, known_in: Callable[[Contents], set[Any]], what: str) -> Check:
    """A check that every value of `column` is known in the section `to`; `what` says what was expected."""

    def check(section: Section[Any], contents: Contents) -> Iterator[Problem]:
        if to in contents.broken:
            return
        known = known_in(contents)
        for line in contents.of(section.name):
            value = getattr(line.row, column)
            if value is not None and value not in known:
                yield Problem(section.file, line.place, column, f"“{value}”", what)

    return check


def check_totals(contents: Contents, sections: Sequence[Section[Any]]) -> Iterator[Problem]:
    """The control totals of pack.toml."""
    known = {section.name: section for section in sections if section.totals}
    for name, totals in contents.manifest.expected.items():
        if name in contents.broken:
            continue
        place = f"expected.{name}"
        if name not in known:
            expected = words("a section that can be counted: {names}")
            yield Problem(MANIFEST, place, "", name, expected, {"names": ", ".join(known)})
            continue
        counted = counted_totals(known[name], contents)
        for item, number in totals.items():
            found = counted.get(item, 0)
            if found != number:
                expected = words("{number} in {file}, as pack.toml states")
                params = {"number": number, "file": known[name].file}
                yield Problem(MANIFEST, place, item, str(found), expected, params)


def counted_totals(section: Section[Any], contents: Contents) -> dict[str, int]:
    """What a section adds up to, by item."""
    assert section.totals is not None, section.name
    return dict(section.totals([line.row for line in contents.of(section.name)]))
