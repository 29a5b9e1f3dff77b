"""The fields of every table of cases in which staff write texts."""

from collections.abc import Sequence
from functools import cache

from zhicheng.cases.kinds import KINDS
from zhicheng.cases.replies.rules import Field, Spot, fields_of
from zhicheng.cases.rules import LOOP


@cache
def text_fields() -> Sequence[Field]:
    """They are fixed once the tables are: the newest version of each kind, then the loop."""
    return tuple(fields_of([*(kind.versions[-1] for kind in KINDS), LOOP]))


def field_at(spot: Spot) -> Field | None:
    """The field of a spot that names one."""
    return next((one for one in text_fields() if one.spot == spot), None)
