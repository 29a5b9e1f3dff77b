"""Words, dates and numbers as every page writes them. Loaded as built-ins: no template asks for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext, pgettext_lazy

from zhicheng.core import refused
from zhicheng.core.process import Refusal

register = template.Library()

_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date with its weekday, in one piece: `2026-11-23 周一`."""
    if value is None:
        return "—"
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    return f"{on:%Y-%m-%d}\N{NO-BREAK SPACE}{_in_one_piece(str(_WEEKDAYS[on.weekday()]))}"


def _in_one_piece(word: str) -> str:
    """A word that no line breaks in two: a browser breaks between any two Chinese characters."""
    return word if word.isascii() else "\N{WORD JOINER}".join(word)


@register.filter
def moment(value: datetime | None) -> str:
    """A time to the minute in the city's zone: `2026-11-23 09:05`."""
    return "—" if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def unprompted(field: BoundField) -> BoundField:
    """A field without the placeholder of whoever made its form: its label says it, in the words of the house."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def standing_at(milestones: Sequence[Any]) -> int:
    """The place of the current milestone, from 1, else of the one that ended the way or the last that is done.

    0 if none was reached.
    """
    states = [_state_of(one) for one in milestones]
    last_done = sum(state == "done" for state in states)
    return next((states.index(state) + 1 for state in ("current", "wrong") if state in states), last_done)


def _state_of(milestone: Any) -> str:
    return str(milestone["state"] if isinstance(milestone, Mapping) else milestone.state)


@register.filter
def at_field(error: str, field: BoundField) -> str:
    """An error away from its field: after the label, unless it names the field or nobody sees the field."""
    label = str(field.label)
    if field.is_hidden or label in error:
        return error
    return label + pgettext("between a field and its error", ": ") + error


@register.filter
def words_of(text: str | None) -> str:
    """The words of a process table, a refusal or a term in the reader's language."""
    return gettext(text) if text else ""


@register.filter
def coded(text: str) -> str:
    """A text in which names stand between backticks, as in a description for programs: these become code."""
    parts = text.split("`")
    names = [format_html("<code>{}</code>", part) for part in parts[1::2]]
    told = [one for pair in zip_longest(parts[::2], names, fillvalue="") for one in pair]
    return format_html_join("", "{}", ((one,) for one in told))


@register.filter
def said(refusal: Refusal) -> str:
    """A refusal as a sentence in the reader's language."""
    return sentence(refusal.message, refusal.params)


def sentence(message: str, params: Mapping[str, Any]) -> str:
    """`message` translated, its places filled; a label, a state or a kind of file among the parameters is too."""
    return refused.sentence(message, params, gettext)


@register.filter
def grouped(value: float | int | None) -> str:
    """A whole number with thin groups of three: `12,345`."""
    return "—" if value is None else f"{value:,}"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value at `key`, or None."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with `changes`; None takes a key out. Paging restarts when a filter changes."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    if not {"after", "before"} & changes.keys():
        for key in ("after", "before"):
            params.pop(key, None)
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}" if params else "?"
