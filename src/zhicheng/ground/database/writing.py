"""Several things written by one statement: each app says its part, and no part waits for the answer to another.

A part is what stands in a `WITH`; keys are drawn beforehand (`Serials`), so that parts can refer to each other's
rows. Foreign keys are checked at the end of the transaction, whatever the order. One statement outside a
transaction is a transaction of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_VALUE = re.compile(r"%\(([^)]+)\)s")


@dataclass(frozen=True)
class Writing:
    """A part: `name AS (INSERT …)`, and the values of its `%(…)s`, whose names no other part has.

    `answer` is what the statement selects, if the part has to say something: one part may.
    """

    sql: str
    values: Mapping[str, Any]
    answer: str = ""


def insertion(row: Model) -> Writing:
    """The insertion of a row whose key is drawn, with the values that `save` would write."""
    sql, named = _inserting(type(row))
    return Writing(
        sql, {name: field.get_db_prep_save(field.pre_save(row, True), connection) for name, field in named}
    )


def write(*parts: Writing) -> list[tuple[Any, ...]]:
    """Writes all parts or none; returns the rows of the answer. Raises IntegrityError if one cannot be."""
    statement, names = _together(tuple((part.sql, part.answer) for part in parts))
    values = {name: value for part in parts for name, value in part.values.items()}
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]  # ours: see `postgresql`
        cursor.execute(statement, [values[name] for name in names])
        return cursor.fetchall()  # type: ignore[no-any-return]


@cache
def _together(parts: tuple[tuple[str, str], ...]) -> tuple[str, list[str]]:
    """The statement with numbered values, and their names in that order."""
    named = f"WITH {', '.join(sql for sql, _ in parts)} SELECT {''.join(answer for _, answer in parts)}"
    names = list(dict.fromkeys(_VALUE.findall(named)))
    return _VALUE.sub(lambda value: f"${names.index(value[1]) + 1}", named), names


@cache
def _inserting(model: type[Model]) -> tuple[str, list[tuple[str, "Field[Any, Any]"]]]:
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    named = [(f"{table}.{field.column}", field) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(f"%({name})s" for name, _ in named)
    return f'new_{table} AS (INSERT INTO "{table}" ({columns}) VALUES ({values}))', named  # noqa: S608 - names of our own
