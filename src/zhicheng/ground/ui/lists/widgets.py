"""The widgets of filters, written directly: Django renders a template for each option of a select, at ten times
the cost, and a list shows half a dozen of them each time."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


def _tag(name: str, attributes: dict[str, Any], inside: str = "") -> SafeString:
    """A tag; `inside` must be escaped already."""
    end = f">{inside}</{name}>" if name == "select" else ">"
    return mark_safe(f"<{name}{flatatt(attributes)}{end}")  # noqa: S308


class Select(forms.Select):
    """A select without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select with `value` chosen."""
        chosen = "" if value is None else str(value)
        options = "".join(
            f"<option{flatatt({'value': str(key), 'selected': str(key) == chosen})}>{escape(str(label))}</option>"
            for key, label in self.choices
        )
        return _tag("select", {"name": name, **(attrs or {})}, options)


class _Input(forms.Widget):
    """One input, its value as it was sent."""

    input_type = "text"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input."""
        attributes = {"type": self.input_type, "name": name, **self.attrs, **(attrs or {})}
        return _tag("input", attributes | self.state(value))

    def state(self, value: Any) -> dict[str, Any]:
        """The attributes that show the value."""
        return {} if value in (None, "") else {"value": str(value)}


class DayInput(_Input):
    """One day; the browser's own calendar."""

    input_type = "date"


class SearchInput(_Input):
    """Words to search for."""

    input_type = "search"


class CheckboxInput(_Input):
    """A box that sends 1. Its value is read as it was sent, so that nonsense is refused, not taken for yes."""

    input_type = "checkbox"

    def state(self, value: Any) -> dict[str, Any]:
        """Ticked or not."""
        return {"value": "1", "checked": value == "1"}
