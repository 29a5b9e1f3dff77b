"""Form fields of filters: each reads one value of an address and says what it expected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import pgettext

from zhicheng.core.access import Actor
from zhicheng.core.codes import Level
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ui.templatetags.house import sentence, words_of
from zhicheng.ground.ui.widgets import CheckboxInput, DayInput, Select

Options = Sequence[tuple[str, str | Sequence[tuple[str, str]]]]
"""Pairs of a value and its words, or of the words of a group and its pairs."""


class DayField(forms.DateField):
    """One day, as 2026-11-23."""

    def __init__(self, label: str) -> None:
        wrong = sentence(words("“{label}” must be a date such as 2026-11-23."), {"label": label})
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=DayInput(),
            error_messages={"invalid": wrong},
        )


class OptionField(forms.ChoiceField):
    """One of several options; nothing stands for all of them."""

    def __init__(self, label: str, options: Options) -> None:
        choices = [("", pgettext("filter", "All")), *(_translated(*option) for option in options)]
        super().__init__(label=label, choices=choices, required=False, widget=Select())

    def validate(self, value: str) -> None:
        """Raises ValidationError if the value is not an option."""
        if value and not self.valid_value(value):
            message = words("“{value}” is not one of the choices for “{label}”.")
            raise ValidationError(sentence(message, {"label": self.label, "value": value[:40]}))


class FlagField(forms.Field):
    """Ticked (1) or not."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, widget=CheckboxInput())

    def to_python(self, value: Any) -> bool:
        """Whether it is ticked. Raises ValidationError for anything but 1."""
        if value not in (None, "", "1"):
            message = words("“{label}” is either 1 (only these) or left out, not “{value}”.")
            raise ValidationError(sentence(message, {"label": self.label, "value": str(value)[:40]}))
        return bool(value)


class AreaField(forms.Field):
    """An area by its id. Offers the actor's own areas and those directly below them; accepts any."""

    widget: Select

    def __init__(self, label: str, actor: Actor) -> None:
        self.offered = {str(area.pk): area for area in _offered_areas(actor)}
        options = [("", pgettext("filter", "All")), *((pk, area.name) for pk, area in self.offered.items())]
        super().__init__(label=label, required=False, widget=Select(choices=options))

    def to_python(self, value: Any) -> Area | None:
        """The area, or None for all of them. Raises ValidationError if there is none with this id."""
        if not value:
            return None
        area = self.offered.get(value) or _find_area(value)
        if area is None:
            message = words("“{label}” must be one of the areas offered; there is no area “{value}”.")
            raise ValidationError(sentence(message, {"label": self.label, "value": str(value)[:40]}))
        if value not in self.offered:
            self.widget.choices = [*self.widget.choices, (value, area.name)]
        return area


def _translated(first: str, second: str | Sequence[tuple[str, str]]) -> tuple[str, Any]:
    if isinstance(second, str):
        return first, words_of(second)
    return words_of(first), [(value, words_of(label)) for value, label in second]


def _find_area(value: str) -> Area | None:
    return Area.objects.filter(pk=read_id(value) or 0).first()


def _offered_areas(actor: Actor) -> list[Area]:
    """The areas of the actor's reaches, or every city for the public, each with the level below."""
    own = Q(path__in=actor.areas) | Q(parent__path__in=actor.areas)
    cities = Q(level=Level.CITY) | Q(level=Level.COUNTY)
    valid = Area.objects.valid_on(clock.today())
    return list(valid.filter(own if actor.areas else cities).order_by("code", "level"))
