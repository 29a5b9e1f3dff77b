"""How a list is sorted: by which column, in which direction, and where missing values go."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, QuerySet

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ui.lists.spec import RecordList

SORT_VALUE = "list_sort_value"
SomeModel = TypeVar("SomeModel", bound=Model)


class UnknownSort(Refused):
    """The address asks for an order that the list does not offer."""


@dataclass(frozen=True, slots=True)
class Sort:
    """By the column `key`, `path` in the database; `nullable` if the value can be missing."""

    key: str
    path: str
    descending: bool
    nullable: bool

    @property
    def word(self) -> str:
        """As an address writes it."""
        return f"-{self.key}" if self.descending else self.key

    def apply(self, rows: "QuerySet[SomeModel]", *, backward: bool = False) -> "QuerySet[SomeModel]":
        """The rows in this order, or in the exact reverse, with the sort value of each; ids break ties."""
        down = self.descending is not backward
        order = self._order(down=down, backward=backward)
        found: QuerySet[SomeModel] = rows.annotate(**{SORT_VALUE: F(self.path)})
        return found.order_by(order, "-pk" if down else "pk")

    def _order(self, *, down: bool, backward: bool) -> OrderBy:
        value = F(SORT_VALUE)
        nulls: dict[str, Any] = {"nulls_first" if backward else "nulls_last": True} if self.nullable else {}
        return value.desc(**nulls) if down else value.asc(**nulls)


def read_sort(spec: RecordList[Any], word: str, model: type[Model]) -> Sort:
    """The sort that an address asks for, or the list's own; raises UnknownSort naming what is offered."""
    asked = word or spec.default_sort
    key = asked.removeprefix("-")
    path = spec.sorts.get(key)
    if path is None:
        raise UnknownSort(
            words("This list cannot be sorted by “{asked}”. It can be sorted by: {offered}."),
            asked=asked[:40],
            offered=", ".join(spec.sorts),
        )
    return Sort(key, path, asked.startswith("-"), _nullable(model, path))


def _nullable(model: type[Model], path: str) -> bool:
    """Whether the value at `path` can be missing; an annotation is taken to be, for it says nothing of it."""
    here: Any = model
    for name in path.split("__"):
        try:
            field = here._meta.get_field(name) if here else None
        except FieldDoesNotExist:
            field = None
        if field is None or not field.concrete or field.null:
            return True
        here = field.related_model
    return False
