"""What was entered and corrected of a record: each correction with what stood there before, and the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhicheng.core.access import Subject
from zhicheng.core.words import words
from zhicheng.desk.audit.wording import SHOWN, Happened, act_label, actor_labels
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.objects.api import Site
from zhicheng.ground.parties.api import Kind, Organization
from zhicheng.ground.personal.api import get_texts_by_hash

LABELS = {
    "name": words("What it is called"),
    "name_en": words("English name"),
    "short_name": words("Short name"),
    "kind": words("Kind"),
    "parent": words("Belongs to"),
    "uscc": words("Unified social credit code"),
    "area": words("Area"),
    "industry": words("Industry code"),
    "address": words("Address"),
    "telephone": words("Telephone"),
    "longitude": words("Longitude"),
    "latitude": words("Latitude"),
    "valid_from": words("First day"),
    "valid_to": words("Last day"),
    "completed_on": words("Completed on"),
    "trademark": words("Trademark"),
    "model": words("Model"),
    "standard": words("Standard on its label"),
}
HASHED = "telephone"
"""Kept in the ledger as a keyed hash, because it may be a person's."""


@dataclass(frozen=True)
class Change:
    """One field of a correction: what stood there, and what stands there since."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Told(Happened):
    """One act with what it changed and why, if it changed anything; the reason is empty once it is erased."""

    changes: tuple[Change, ...] = ()
    reason: str = ""


def history_of(subject: Subject) -> list[Told]:
    """The last fifty acts of a record's chain, newest first."""
    entries = list(list_entries(subject).reverse()[:SHOWN])
    who = actor_labels(entry.actor for entry in entries)
    bodies = {entry.number: read_body(entry) for entry in entries if entry.act.endswith(".revise")}
    reasons = get_texts_by_hash(subject) if bodies else {}
    names = _names(subject[0], bodies.values())
    return [
        Told(
            act_label(one.act), who[one.actor], one.at, one.number, _changes(bodies.get(one.number, {}), names),
            reasons.get(bodies.get(one.number, {}).get("reason", ""), ""),
        )
        for one in entries
    ]  # fmt: skip


Names = Mapping[tuple[str, int], str]


def _names(kind: str, bodies: Iterable[Mapping[str, Any]]) -> Names:
    """What the records are called whose ids stand in the corrections. At most one query for each field."""
    names: dict[tuple[str, int], str] = {}
    changes = [body.get("changes", {}) for body in bodies]
    models: dict[str, Any] = {"area": Area, "parent": Site if kind == "site" else Organization}
    for field, model in models.items():
        ids = {value for one in changes for value in one.get(field, ()) if isinstance(value, int)}
        if ids:
            found = model.objects.filter(pk__in=ids).values_list("pk", "name")
            names |= {(field, pk): name for pk, name in found}
    return names


def _changes(body: Mapping[str, Any], names: Names) -> tuple[Change, ...]:
    return tuple(
        Change(gettext(LABELS[field]) if field in LABELS else field,
               _shown(field, old, names), _shown(field, new, names))
        for field, (old, new) in body.get("changes", {}).items()
    )  # fmt: skip


def _shown(field: str, value: Any, names: Names) -> str:
    if value in (None, ""):
        return gettext("nothing")
    if field == HASHED:
        return gettext("(not kept in words)")
    if field == "kind":
        return str(Kind(value).label) if value in Kind.values else str(value)
    return names.get((field, value), str(value)) if isinstance(value, int) else str(value)
