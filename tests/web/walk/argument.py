"""One value that a parameter of an address can have."""

from collections.abc import Callable
from dataclasses import dataclass

from web.walk.people import Person

Theirs = Callable[[Person], bool]


@dataclass(frozen=True)
class Argument:
    """A value for a parameter: the word of the record that it names, whose it is, and what a secret opens."""

    value: str
    word: str = ""
    theirs: Theirs = lambda person: True
    opens: frozenset[str] = frozenset()


class Unknown(Exception):
    """A route has a parameter that the walker does not know how to fill."""
