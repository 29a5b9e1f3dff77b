"""Filters of a list. A value that a filter cannot use is named and passed over; the others still apply."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q

from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import lies_within, standing_paths
from zhicheng.ground.ui.lists.fields import AreaField, DayField, FlagField, OptionField, Options
from zhicheng.ground.ui.templatetags.house import sentence, words_of
from zhicheng.ground.ui.widgets import SearchInput

LONGEST_TEXT = 100


class Filter(ABC):
    """One filter: what it asks, and the condition that an answer puts on the rows."""

    names: tuple[str, ...]
    """The names of its values in an address."""
    personal = False
    """Whether a value may hold personal data: then the ledger keeps only its keyed hash."""

    @abstractmethod
    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """Its form fields by name; none is required."""

    @abstractmethod
    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """What the values, at least one of them given, ask of a row. Raises Refused if they make no sense."""


@dataclass(frozen=True)
class Choice(Filter):
    """One of several options, pairs of a value and its words, or of the words of a group and its pairs.

    A row fits if its `field` (the filter's own name, if none is given) equals the value, or as `where` says.
    """

    name: str
    label: str
    options: Options | Callable[[Actor], Options]
    field: str = ""
    where: Callable[[str, Actor], Q] | None = None

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its one name."""
        return (self.name,)

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A select that begins with “All”."""
        options = self.options(actor) if callable(self.options) else self.options
        return {self.name: OptionField(words_of(self.label), options)}

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The rows with this value."""
        value = values[self.name]
        return self.where(value, actor) if self.where else Q(**{self.field or self.name: value})


@dataclass(frozen=True)
class DateRange(Filter):
    """From one day to another, both included, either may be missing.

    `field` holds a date, or a moment if its name ends in `_at`, as everywhere in the house.
    """

    name: str
    label: str
    field: str

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its two names."""
        return (f"{self.name}_from", f"{self.name}_to")

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """Two dates."""
        labels = (words("{label} from"), words("{label} until"))
        return {
            name: DayField(sentence(label, {"label": self.label}))
            for name, label in zip(self.names, labels, strict=True)
        }

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The rows within the days. Raises Refused if the first day is after the last."""
        first, last = (values[name] for name in self.names)
        if first and last and first > last:
            raise Refused(
                words("“{label}”: the first day {first} is after the last day {last}."),
                label=self.label, first=first, last=last,
            )  # fmt: skip
        moment = self.field.endswith("_at")
        within = Q()
        if first:
            within &= Q(**{f"{self.field}__gte": datetime.combine(first, time.min, LOCAL) if moment else first})
        if last:
            within &= Q(**{f"{self.field}__lte": datetime.combine(last, time.max, LOCAL) if moment else last})
        return within


@dataclass(frozen=True)
class AreaFilter(Filter):
    """An area and everything in it; offers what the actor is competent for and the level below.

    An area further down is accepted too: maps and figures lead to it.
    """

    name: str
    field: str
    label: str = words("Area")

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its one name."""
        return (self.name,)

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A select of areas."""
        return {self.name: AreaField(words_of(self.label), actor)}

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The rows inside the area, and inside those that it succeeded."""
        return lies_within(standing_paths([values[self.name].path]), self.field)


@dataclass(frozen=True)
class Text(Filter):
    """Words to search for; `search` says what they ask of a row and may raise Refused."""

    name: str
    search: Callable[[str], Q]
    label: str = words("Search")
    personal = True

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its one name."""
        return (self.name,)

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A search field."""
        widget = SearchInput(attrs={"maxlength": LONGEST_TEXT})
        return {self.name: forms.CharField(label=words_of(self.label), required=False, widget=widget)}

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The rows that the search finds. Raises Refused if the text is too long."""
        text = values[self.name]
        if len(text) > LONGEST_TEXT:
            raise Refused(
                words("“{label}” has {count} characters; at most {limit} are allowed."),
                label=self.label, count=len(text), limit=LONGEST_TEXT,
            )  # fmt: skip
        return self.search(text)


@dataclass(frozen=True)
class Flag(Filter):
    """Ticked, only the rows that fit `where`, which is asked anew for every request and actor."""

    name: str
    label: str
    where: Callable[[Actor], Q]

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its one name."""
        return (self.name,)

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A box to tick."""
        return {self.name: FlagField(words_of(self.label))}

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The rows that fit."""
        return self.where(actor)
