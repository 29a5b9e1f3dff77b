"""Naming a record by typing: what is suggested, and what the words mean once they are sent.

With script a suggestion leaves the record's id in a hidden field. Without it the full name is enough, if only one
record has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext

from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, area_labels
from zhicheng.ground.parties.api import Organization, find_organizations
from zhicheng.ground.ui.organizations import with_places
from zhicheng.ground.ui.templatetags.house import sentence

MOST = 12
LONGEST = 100
Record = TypeVar("Record", bound=Model)
Labelled = Sequence[tuple[Record, str, str]]


@dataclass(frozen=True)
class Suggestions(Generic[Record]):
    """A kind of record that is named by typing. `find` answers with record, label and a note to tell it by."""

    model: type[Record]
    find: Callable[[str], Labelled[Record]]
    none: str

    def suggest(self, text: str) -> list[dict[str, object]]:
        """What the typeahead shows."""
        return [{"id": one.pk, "label": label, "note": note} for one, label, note in self.find(_plain(text))]

    def meant(self, text: str, chosen: str) -> Record:
        """The record that the words and the chosen id mean. Raises ValidationError with what would do."""
        one = self.model._default_manager.filter(pk=read_id(chosen) or 0, name=text).first()
        if one is not None:
            return one
        found = self.find(_plain(text))
        exact = [one for one, label, _ in found if label == text]
        if len(exact) == 1:
            return exact[0]
        if not found:
            raise ValidationError(sentence(self.none, {"text": text}))
        names = gettext(", ").join(f"{label} ({note})" if note else label for _, label, note in found[:4])
        message = words("“{text}” can mean: {names}. Choose a suggestion, or type the full name.")
        raise ValidationError(sentence(message, {"text": text, "names": names}))


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def _organizations(text: str) -> Labelled[Organization]:
    found = sorted(find_organizations(text, limit=MOST), key=lambda one: one.name != text)
    return [(one, one.name, place) for one, place in with_places(found)]


def _areas(text: str) -> Labelled[Area]:
    """Areas by a part of their name, the widest first, or by the first digits of their code."""
    if not text:
        return []
    by_code = text.isascii() and text.isdecimal()
    named = Q(code__startswith=text) if by_code else Q(name__contains=text)
    found = list(Area.objects.valid_on(clock.today()).filter(named).order_by("level", "code")[:MOST])
    found.sort(key=lambda one: one.name != text)
    addresses = area_labels(found)
    return [(one, one.code if by_code else one.name, addresses[one.pk]) for one in found]


ORGANIZATIONS: Suggestions[Organization] = Suggestions(
    Organization,
    _organizations,
    words("No organization is called “{text}”. Type two characters or more of its name."),
)
AREAS: Suggestions[Area] = Suggestions(
    Area, _areas, words("No area is called “{text}”. Type a part of its name or its code.")
)
