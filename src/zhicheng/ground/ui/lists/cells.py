"""Writes the cells of a list as HTML: one small function for each kind of column.

A page has hundreds of cells, so they are written directly and not by a template each. States and clocks are
written by their components, once for each distinct mark.
"""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from zhicheng.ground.ui.lists.spec import Column, Kind, RecordList
from zhicheng.ground.ui.marks import ClockMark, StateMark
from zhicheng.ground.ui.templatetags.house import day, grouped, moment, words_of

_CLASSES = {Kind.NUMBER: ' class="zc-number"', Kind.CODE: ' class="zc-nowrap"'}


def write_rows(spec: RecordList[Any], rows: Any) -> list[SafeString]:
    """The cells of every row, all values escaped; the title cell heads its row."""
    columns = [
        (column, tuple(one for one in spec.columns if one.beneath == column.key), *_frame(column, spec))
        for column in spec.shown
    ]
    return [
        mark_safe(  # noqa: S308
            _box(spec, row)
            + "".join(
                before + _content(column, row) + "".join(_beneath(one, row) for one in below) + after
                for column, below, before, after in columns
            )
        )
        for row in rows
    ]


def _box(spec: RecordList[Any], row: Any) -> str:
    """The box that chooses a row, named like the row."""
    if spec.choosing is None:
        return ""
    value = spec.choosing.value(row)
    if not value:
        return "<td></td>"
    name = gettext("Choose “%(name)s”") % {"name": spec.title_column.value(row)}
    return f'<td><input type="checkbox" name="row" value="{escape(value)}" aria-label="{escape(name)}"></td>'


def _frame(column: Column, spec: RecordList[Any]) -> tuple[str, str]:
    """What stands before and after the content of a column's cells."""
    label = f' data-label="{escape(words_of(column.label))}"'
    numeric = _CLASSES.get(column.kind, "")
    if column is spec.title_column:
        return f'<th scope="row" data-title{label}{numeric}>', "</th>"
    return f"<td{label}{numeric}>", "</td>"


def _beneath(column: Column, row: Any) -> str:
    """What stands beneath another column's content; its label is read aloud, because it has no head."""
    html = _content(column, row)
    label = escape(words_of(column.label))
    return html and f'<div class="zc-beneath"><span class="visually-hidden">{label}</span> {html}</div>'


def _content(column: Column, row: Any) -> str:
    value = column.value(row)
    if value is None or value == "":
        return ""
    html = _WRITERS[column.kind](value)
    if column.link is None:
        return html
    # A row leads to another page: only the list's own links replace the list.
    return f'<a href="{escape(column.link(row))}" hx-boost="false">{html}</a>'


def _text(value: Any) -> str:
    return escape(str(value))


def _number(value: Any) -> str:
    return escape(grouped(value))


def _date(value: Any) -> str:
    return f'<time datetime="{value.isoformat()}">{escape(day(value))}</time>'


def _moment(value: Any) -> str:
    return f'<time datetime="{value.isoformat()}">{moment(value)}</time>'


def _state(value: StateMark) -> str:
    return _mark("ui/_list_state.html", value, get_language())


def _clock(value: ClockMark) -> str:
    return _mark("ui/_list_clock.html", value, get_language())


@lru_cache(maxsize=4096)
def _mark(template: str, mark: StateMark | ClockMark, language: str | None) -> str:
    """A mark as its component writes it; marks are values, so equal ones are written once a language."""
    return render_to_string(template, {"mark": mark}).strip()


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.STATE: _state,
    Kind.CLOCK: _clock,
}
