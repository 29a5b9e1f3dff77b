"""The list of ledger entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.desk.audit.wording import act_label, actor_labels, subject_label
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry, list_acts, list_subject_kinds
from zhicheng.ground.ui.lists import Choice, Column, DateRange, Empty, Kind, RecordList, Text

SHORT = 12
"""Hexadecimal digits of a hash in a table; its own page shows all 64."""


@dataclass(frozen=True)
class EntryRow:
    """An entry with who acted, in words."""

    entry: Entry
    who: str

    @property
    def act(self) -> str:
        """The act in words."""
        return act_label(self.entry.act)

    @property
    def subject(self) -> str:
        """What it was done to."""
        return f"{subject_label(self.entry.subject_kind)} {self.entry.subject_id}"

    @property
    def hash(self) -> str:
        """The beginning of the hash."""
        return bytes(self.entry.hash).hex()[:SHORT]


def rows(actor: Actor) -> QuerySet[Entry]:
    """Every entry, without its bytes: they stay where nobody reads them by the page."""
    return Entry.objects.defer("body").annotate(recorded_at=F("at"))


def with_actors(entries: Sequence[Entry], actor: Actor) -> list[EntryRow]:
    """The entries with who acted: one query for the page."""
    who = actor_labels(entry.actor for entry in entries)
    return [EntryRow(entry, who[entry.actor]) for entry in entries]


def entry_address(row: EntryRow) -> str:
    """The page of the entry."""
    return reverse("ledger:entry", args=[row.entry.subject_kind, row.entry.subject_id, row.entry.number])


def chain_address(row: EntryRow) -> str:
    """The page of the subject's chain."""
    return reverse("ledger:chain", args=[row.entry.subject_kind, row.entry.subject_id])


def _by(text: str) -> Q:
    """What an account did, by its login name or the ledger's own key (`user:3`, `system:clock`)."""
    keys = [f"user:{pk}" for pk in User.objects.filter(username__iexact=text).values_list("pk", flat=True)]
    return Q(actor__in=[text, *keys])


def _acts(actor: Actor) -> list[tuple[str, str]]:
    return sorted(((act, act_label(act)) for act in list_acts()), key=lambda option: option[1])


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(kind, subject_label(kind)) for kind in list_subject_kinds()]


ENTRIES: RecordList[Entry] = RecordList(
    key="ledger",
    title=words("Ledger"),
    lead=words("Who did what, when, to which record. Nothing here can be changed or deleted."),
    rows=rows,
    columns=(
        Column("at", words("Time"), lambda row: row.entry.at, Kind.MOMENT, sort="at"),
        Column("act", words("Act"), lambda row: row.act, title=True, link=entry_address),
        Column("actor", words("By"), lambda row: row.who),
        Column("subject", words("Subject"), lambda row: row.subject, link=chain_address),
        Column("number", words("No."), lambda row: row.entry.number, Kind.NUMBER),
        Column("hash", words("Hash"), lambda row: row.hash),
    ),
    filters=(
        Text("by", _by, words("By (login name)")),
        Choice("act", words("Act"), _acts),
        Choice("kind", words("Subject"), _kinds, field="subject_kind"),
        DateRange("at", words("Time"), "recorded_at"),
    ),
    default_sort="-at",
    present=with_actors,
    empty=Empty(words("No entry yet"), words("The first act of anybody appears here."), "book-open"),
)
