"""From what a step needs to the fields of a form: the same for the desk, the company's page and the portal."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from zhicheng.core.process import MOST_YUAN, NO_AMOUNT, Need, NeedKind, read_yuan
from zhicheng.core.words import words
from zhicheng.ground.packs.api import Branch, term_tree
from zhicheng.ground.ui.organization_field import Offers, OrganizationField
from zhicheng.ground.ui.templatetags.house import sentence, words_of
from zhicheng.ground.ui.widgets import DayInput, FilesInput, Select

TEXT_ROWS = 4
LONGEST_NUMBER = 40
ONE_LINE = 100
"""Texts of at most so many characters are asked for in one line."""


def field_for(need: Need, *, area_path: str, today: date, opened_on: date, offers: Offers = ()) -> forms.Field:
    """The field that asks for a need; what the value has to be is checked when the step is taken.

    The terms are those of the day on which the proceeding was opened.
    """
    missing = sentence(words("“{label}” is missing."), {"label": need.label})
    common: dict[str, Any] = {
        "label": words_of(need.label), "help_text": words_of(need.hint), "required": need.required,
        "error_messages": {"required": missing},
    }  # fmt: skip
    match need.kind:
        case NeedKind.CODE:
            options = [("", gettext("Please choose")), *_terms(need, area_path, opened_on)]
            return CodeField(choices=options, widget=Select(), **common)
        case NeedKind.CHOICE:
            choices = [(code, words_of(label)) for code, label in need.choices]
            return CodeField(choices=choices, widget=forms.RadioSelect(), **common)
        case NeedKind.DATE:
            return _date_field(need, today, common)
        case NeedKind.MONEY:
            return AmountField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case NeedKind.TEXT:
            return _text_field(need, common)
        case NeedKind.FILES:
            return FilesField(**common)
        case NeedKind.RECORD:
            return forms.CharField(max_length=LONGEST_NUMBER, **common)
        case NeedKind.PARTY | NeedKind.BODY:
            return OrganizationField(group=need.kind, offers=offers, near=[area_path], **common)


class CodeField(forms.ChoiceField):
    """A term or a choice by its code."""

    def validate(self, value: str) -> None:
        """Raises ValidationError if a value is missing or is none of those offered."""
        forms.Field.validate(self, value)
        if value and not self.valid_value(value):
            message = words("“{value}” is not one of the choices for “{label}”.")
            raise ValidationError(sentence(message, {"label": self.label, "value": value[:40]}))


class AmountField(forms.CharField):
    """An amount in yuan, as people write it."""

    def clean(self, value: Any) -> str:
        """The amount with two decimals, or nothing. Raises ValidationError for what is no amount."""
        typed = super().clean(value)
        amount = read_yuan(typed) if typed else ""
        if amount is None:
            raise ValidationError(sentence(NO_AMOUNT, {"label": self.label, "most": f"{MOST_YUAN:,}"}))
        return amount


class LinesField(forms.CharField):
    """A text; a browser sends a new line as two characters, which would count against the limit."""

    def to_python(self, value: Any) -> str:
        """The text with plain new lines."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class FilesField(forms.Field):
    """Uploaded files, as a list; each is examined when the step is taken."""

    widget = FilesInput


def _date_field(need: Need, today: date, common: dict[str, Any]) -> forms.Field:
    bounds: dict[str, str] = {}
    if need.from_today:
        bounds["min"] = today.isoformat()
    if need.until_today:
        bounds["max"] = today.isoformat()
    elif need.at_most_days is not None:
        bounds["max"] = (today + timedelta(days=need.at_most_days)).isoformat()
    wrong = sentence(words("“{label}” must be a date such as 2026-11-23."), {"label": need.label})
    common["error_messages"]["invalid"] = wrong
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=DayInput(attrs=bounds), **common)


def _text_field(need: Need, common: dict[str, Any]) -> forms.Field:
    limit = gettext("At most %(limit)s characters.") % {"limit": f"{need.max_length:,}"}
    common["help_text"] = f"{common['help_text']} {limit}".strip()
    if need.max_length <= ONE_LINE:
        return forms.CharField(widget=forms.TextInput(attrs={"maxlength": need.max_length}), **common)
    attributes = {"rows": TEXT_ROWS, "maxlength": need.max_length}
    return LinesField(widget=forms.Textarea(attrs=attributes), **common)


def _terms(need: Need, area_path: str, opened_on: date) -> Iterable[tuple[Any, Any]]:
    """The terms of every catalogue of a need as options, each below what its catalogue is called."""
    for catalogue, heading in zip_longest(need.catalogues, need.headings, fillvalue=""):
        offered = term_tree(catalogue, area_path, opened_on)
        branches = (branch for branch in offered if branch.term.code not in need.without)
        yield from _grouped(branches, f"{words_of(heading)} · " if heading else "")


def _grouped(branches: Iterable[Branch], above: str) -> Iterable[tuple[Any, Any]]:
    """Terms as options; a term that holds others is the heading of its group and cannot be chosen."""
    for branch in branches:
        label = f"{above}{branch.term.label}"
        yield (label, list(_leaves(branch.below))) if branch.below else (branch.term.code, label)


def _leaves(branches: Iterable[Branch], above: str = "") -> Iterable[tuple[str, str]]:
    for branch in branches:
        label = f"{above}{branch.term.label}"
        if branch.below:
            yield from _leaves(branch.below, f"{label} · ")
        else:
            yield branch.term.code, label
