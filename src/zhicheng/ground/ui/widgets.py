"""Widgets written directly: Django renders a template for each option of a select, at ten times the cost, and a
list or a record shows half a dozen of them each time."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

FILE_TYPES = "image/*,application/pdf"


def tag(name: str, attributes: dict[str, Any], inside: str | None = None) -> SafeString:
    """A tag with escaped attributes; `inside` must be escaped already; None: the tag holds nothing."""
    end = ">" if inside is None else f">{inside}</{name}>"
    return mark_safe(f"<{name}{flatatt(attributes)}{end}")  # noqa: S308


class Select(forms.Select):
    """A select, with groups of options if its choices have them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select with `value` chosen."""
        chosen = "" if value is None else str(value)
        inside = "".join(_choice(first, second, chosen) for first, second in self.choices)
        return tag("select", {"name": name, **(attrs or {})}, inside)


def _choice(first: Any, second: Any, chosen: str) -> str:
    """One entry of Django's choices: a value and its label, or the label of a group and its options."""
    if isinstance(second, list | tuple):
        inside = "".join(_choice(value, label, chosen) for value, label in second)
        return tag("optgroup", {"label": str(first)}, inside)
    return tag("option", {"value": str(first), "selected": str(first) == chosen}, escape(str(second)))


class _Input(forms.Widget):
    """One input, its value as it was sent."""

    input_type = "text"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input."""
        attributes = {"type": self.input_type, "name": name, **self.attrs, **(attrs or {})}
        return tag("input", attributes | self.state(value))

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


class FilesInput(_Input):
    """Several photographs or papers."""

    input_type = "file"
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file sent."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])

    def state(self, value: Any) -> dict[str, Any]:
        """A file input cannot be filled by the server."""
        return {"accept": FILE_TYPES, "multiple": True}
