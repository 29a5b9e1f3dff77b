"""Naming an organization in a form: choose one that is offered, or search by name; the value is its id.

With script the search suggests while typing and keeps the id. Without, what was typed is searched when the form
is sent, and what was found comes back to choose from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.organizations import suggested, with_places
from zhicheng.ground.ui.templatetags.house import sentence
from zhicheng.ground.ui.widgets import tag

Offers = Sequence[tuple[int, str]]
"""Organizations to choose from: id and what to call it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was sent: the name typed, the id that a suggestion left, the id of the offer chosen."""

    text: str = ""
    id: str = ""
    chosen: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.chosen)


class OrganizationInput(forms.Widget):
    """The offers as radios, a text input for the search, and a hidden id for the typeahead."""

    offers: Offers = ()

    @property
    def use_fieldset(self) -> bool:
        """With offers there are several controls under one label."""
        return bool(self.offers)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        """What was sent."""
        return Given(*(data.get(key, "").strip() for key in (name, f"{name}_id", f"{name}_chosen")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing of it was sent."""
        return name not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The inputs, as they were left."""
        given = value if isinstance(value, Given) else Given()
        attributes = dict(attrs or {})
        if self.offers:
            attributes["aria-label"] = gettext("Name to search for")
            attributes.pop("required", None)
        typed = {"type": "text", "name": name, "value": given.text, "maxlength": 100, "autocomplete": "off"}
        return mark_safe(  # noqa: S308
            self._radios(name, given, str(attributes.get("id", name)))
            + tag("input", typed | attributes)
            + tag("input", {"type": "hidden", "name": f"{name}_id", "value": given.id})
        )

    def _radios(self, name: str, given: Given, id_: str) -> str:
        if not self.offers:
            return ""
        rows = [*((str(pk), label) for pk, label in self.offers), ("", gettext("Another, by its name:"))]
        return tag("div", {}, "".join(
            tag("label", {"for": f"{id_}_{place}"}, tag("input", {
                "type": "radio", "name": f"{name}_chosen", "value": pk, "id": f"{id_}_{place}",
                "checked": pk == given.chosen,
            }) + escape(label))
            for place, (pk, label) in enumerate(rows)
        ))  # fmt: skip


class OrganizationField(forms.Field):
    """An organization of a group (see `organizations.GROUPS`), as its id.

    Without script, what is searched for is offered in the order in which it is suggested `near` those areas.
    """

    widget: OrganizationInput

    def __init__(
        self, label: str, group: str, offers: Offers = (), *, near: Iterable[str] = (), **settings: Any
    ) -> None:
        super().__init__(label=label, widget=OrganizationInput(), **settings)
        self.group, self.offers, self.near = group, tuple(offers), tuple(near)
        self.widget.offers = self.offers

    def clean(self, value: Given) -> int | None:
        """The id of the organization meant. Raises ValidationError, and then offers what the search found."""
        if not value:
            if self.required:
                raise ValidationError(sentence(words("“{label}” is missing."), {"label": self.label}))
            return None
        if not value.text:
            return read_id(value.chosen) or self._none_found(value.chosen)
        suggestion = read_id(value.id)
        if suggestion and not value.chosen and _name_of(suggestion) == value.text:
            return suggestion
        return self._searched(value)

    def _searched(self, value: Given) -> int:
        """What the typed name means: the offer chosen among what it finds, or the one of exactly that name."""
        found = suggested(value.text.replace("\x00", ""), self.group, self.near)
        if value.chosen:
            if value.chosen in {str(one.pk) for one in found}:
                return int(value.chosen)
            message = words("“{label}”: choose one of the list or search for another, not both.")
            raise ValidationError(sentence(message, {"label": self.label}))
        exact = [one for one in found if one.name == value.text]
        if len(exact) == 1:
            return int(exact[0].pk)
        if not found:
            self._none_found(value.text)
        known = {pk for pk, _ in self.offers}
        more = [(one.pk, f"{one.name} ({place})") for one, place in with_places(found) if one.pk not in known]
        self.widget.offers = (*self.offers, *more)
        message = words("“{label}”: choose the one that you mean by “{text}”.")
        raise ValidationError(sentence(message, {"label": self.label, "text": value.text}))

    def _none_found(self, text: str) -> int:
        message = words("“{label}”: nothing was found for “{text}”. Type at least two characters of the name.")
        raise ValidationError(sentence(message, {"label": self.label, "text": text[:40]}))


def _name_of(organization_id: int) -> str | None:
    """The name behind a suggested id: the text may have been changed since by somebody without script."""
    return Organization.objects.filter(pk=organization_id).values_list("name", flat=True).first()
