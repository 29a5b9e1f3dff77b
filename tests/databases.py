"""The databases of one worker: one that holds tables alone, and others that hold what takes long to write.

Each is filled once, when a test first asks for it, and then used within transactions that are rolled back. A test
whose writes are to be seen by other connections is given a copy, which takes a tenth of a second or less.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import count
from typing import Any, TypeVar

import pytest
from django.db import OperationalError, connections, transaction

from zhicheng.ground.database.serials import forget_serials
from zhicheng.ground.kept import forget_kept

ROLES = ("default", "owner")
"""The connections by their names: the application's and that of the tables' owner. Both lead to one database."""

Held = TypeVar("Held")
Fill = Callable[[], Held]
"""Writes what a database is to hold, and returns what tests want to know of it."""


def nothing() -> None:
    """Fills a database with tables alone."""


class Databases:
    """Leads both connections to the database that a test asks for.

    After a test whose writes were committed they lead to one that no test uses and nothing is copied from: a
    server that is still answering a page may open its connections there.
    """

    def __init__(self) -> None:
        """The connections lead to a database that holds tables alone."""
        self._resting = _name()
        self._numbers = count(1)
        self._made = _left_over(self._resting)
        for name in list(self._made):
            self._drop(name)
        self._models: dict[Fill[Any], tuple[str, Any]] = {}
        self._used: dict[Fill[Any], str] = {}
        self._model(nothing)

    @contextmanager
    def rolled_back(self, fill: Fill[Held]) -> Iterator[Held]:
        """What `fill` returned, in a transaction on a database that holds what it wrote."""
        model, held = self._model(fill)
        if fill not in self._used:
            self._used[fill] = self._copy(model)
        _lead_to(self._used[fill])
        with transaction.atomic(using="owner"), transaction.atomic():
            yield deepcopy(held)
            for role in ROLES:
                transaction.set_rollback(True, using=role)

    @contextmanager
    def committed(self, fill: Fill[Held]) -> Iterator[Held]:
        """What `fill` returned, on a database of its own that holds what it wrote."""
        model, held = self._model(fill)
        copy = self._copy(model)
        _lead_to(copy)
        yield deepcopy(held)
        _lead_to(self._resting)
        self._drop(copy)

    def close(self) -> None:
        """Drops every database that was made here."""
        _lead_to(self._resting)
        for name in list(self._made):
            self._drop(name)

    def _model(self, fill: Fill[Held]) -> tuple[str, Held]:
        """The database that copies are made of, which nobody uses any more, and what filling it returned."""
        if fill not in self._models:
            name = self._copy(self._resting if fill is nothing else self._model(nothing)[0])
            _lead_to(name)
            with transaction.atomic():
                held = fill()
            self._models[fill] = name, held
        return self._models[fill]

    def _copy(self, of: str) -> str:
        name = f"{self._resting}_{next(self._numbers)}"
        _lead_to(self._resting)
        connections.close_all()  # a database that somebody uses cannot be copied
        _execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY FILE_COPY')
        self._made.append(name)
        return name

    def _drop(self, name: str) -> None:
        try:
            _execute(f'DROP DATABASE IF EXISTS "{name}"')
        except OperationalError:
            return  # a page is still closing its connection: `close` tries again, and so does the next run
        self._made.remove(name)


def _name() -> str:
    return str(connections["owner"].settings_dict["NAME"])


def _lead_to(name: str) -> None:
    """Both connections, and those of every thread that is begun from now on.

    What the process keeps of the one before is forgotten.
    """
    if name == _name():
        return
    connections.close_all()
    forget_kept()
    forget_serials()
    for role in ROLES:
        connections[role].settings_dict["NAME"] = name


@contextmanager
def held_alone() -> Iterator[None]:
    """Ends the run if another one has the databases of this worker on the same server."""
    name = connections["owner"].creation._get_test_db_name()
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if not cursor.fetchone()[0]:
            pytest.exit(f"Another run of the tests has the database {name} of this server.", 2)
        yield


def _left_over(of: str) -> list[str]:
    """The copies left behind by a run that was cut short."""
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ ('^' || %s || '_[0-9]+$')", [of])
        return [name for (name,) in cursor.fetchall()]


def _execute(statement: str) -> None:
    """One statement as the owner, at a database that nobody copies or drops."""
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(statement)
