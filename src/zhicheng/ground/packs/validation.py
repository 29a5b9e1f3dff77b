"""From raw rows to typed ones. Every fault of every row is reported, in words that can be translated."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from zhicheng.core.words import words
from zhicheng.ground.packs.files import RawRow
from zhicheng.ground.packs.problems import NOTHING, Problem
from zhicheng.ground.packs.sections import Line, Section

_EXPECTED = {
    "missing": words("a value"),
    "extra_forbidden": words("no such column or key"),
    "string_too_short": words("at least {min_length} characters"),
    "string_too_long": words("at most {max_length} characters"),
    "string_pattern_mismatch": words("text of the form {pattern}"),
    "string_type": words("text"),
    "int_parsing": words("a whole number"),
    "int_from_float": words("a whole number"),
    "int_type": words("a whole number"),
    "decimal_parsing": words("a decimal number"),
    "decimal_max_places": words("at most {decimal_places} decimal places"),
    "greater_than": words("more than {gt}"),
    "greater_than_equal": words("at least {ge}"),
    "less_than_equal": words("at most {le}"),
    "bool_parsing": words("true or false"),
    "bool_type": words("true or false"),
    "date_type": words("a date such as 2026-11-23"),
    "date_parsing": words("a date such as 2026-11-23"),
    "date_from_datetime_parsing": words("a date such as 2026-11-23"),
    "date_from_datetime_inexact": words("a date such as 2026-11-23"),
    "enum": words("one of {expected}"),
    "literal_error": words("one of {expected}"),
    "level": words("one of {names}"),
    "list_type": words("a list"),
    "dict_type": words("a table"),
    "model_type": words("a table"),
    "too_short": words("at least {min_length} entries"),
}
"""What was expected, by pydantic's type of error; any other type keeps pydantic's English sentence."""

_LONGEST_SHOWN = 60


def validated(rows: Iterable[RawRow], section: Section[Any]) -> tuple[list[Line[Any]], list[Problem]]:
    """The rows that fit the section's schema, and what is wrong with the others."""
    lines: list[Line[Any]] = []
    problems: list[Problem] = []
    for place, values in rows:
        try:
            lines.append(Line(section.row.model_validate(values), place))
        except ValidationError as error:
            problems.extend(_problems(error, section.file, place))
    return lines, problems


def validated_table(model: type[BaseModel], values: object, file: str) -> tuple[Any, list[Problem]]:
    """One table as a model, or `None` and what is wrong with it."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, list(_problems(error, file, ""))


def _problems(error: ValidationError, file: str, place: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        column = ".".join(map(str, detail["loc"]))
        params = detail.get("ctx", {})
        expected = _EXPECTED.get(detail["type"])
        if expected is None:
            expected, params = "{sentence}", {"sentence": detail["msg"]}
        yield Problem(file, place, column, _found(detail), expected, params)


def _found(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return NOTHING
    text = f"“{detail['input']}”"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 2]}…”"
