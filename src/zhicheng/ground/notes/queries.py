"""Reads of notes: on which matter somebody writes, what a record's notes say, and who is mentioned."""

from dataclasses import dataclass
from datetime import datetime

from zhicheng.core.access import COVERING, HOLDING, Actor, Role, Subject
from zhicheng.core.clock.due import local
from zhicheng.ground.access.api import User, list_users_seeing
from zhicheng.ground.notes.models import SUBJECT, Mention, Note
from zhicheng.ground.personal.api import PersonalText
from zhicheng.ground.proceedings.api import Proceeding, list_proceedings, subject_kind

STAFF = HOLDING | COVERING
MOST_SHOWN = 50


@dataclass(frozen=True)
class ShownNote:
    """A note as a colleague reads it; without a text once that was deleted."""

    id: int
    author: str
    at: datetime
    text: str | None
    mentioned: tuple[str, ...]
    deletable: bool


@dataclass(frozen=True)
class ShownMention:
    """A note that mentions the reader, as the inbox shows it."""

    id: int
    author: str
    at: datetime
    number: str
    title: str
    address: str


def noted_matter(about: Subject, actor: Actor) -> Proceeding | None:
    """The matter of a record on which the actor writes: the latest that they see inside, an open one before."""
    colleague = actor.inside
    seen = [one for one in list_proceedings(about) if colleague.sees(one.matter())]
    return max(seen, key=lambda one: (one.is_open and one.holder_id is not None, one.pk), default=None)


def list_mentionable(matter: Proceeding, by: Actor, now: datetime) -> list[User]:
    """Everybody whom a note on the matter can mention, by name: who sees it inside a body."""
    found = list_users_seeing(matter.matter(), STAFF, local(now).date())
    return sorted((user for user in found if user.pk != by.user_id), key=lambda user: (user.name, user.pk))


def list_notes(about: Subject, actor: Actor) -> list[ShownNote]:
    """The notes on a record that the actor may read, the latest first: three statements, a leader five."""
    visible = Note.objects.visible_to(actor).filter(about_kind=about[0], about_id=about[1])
    latest = visible.select_related("written_by").prefetch_related("mentions__user").order_by("-id")
    found = list(latest[:MOST_SHOWN])
    kept = PersonalText.objects.filter(subject_kind=SUBJECT, subject_id__in=[one.pk for one in found])
    led = _led_by(actor, about) if found else frozenset()
    texts = {one.subject_id: one.text for one in kept if one.key == SUBJECT and one.erased_at is None}
    return [
        ShownNote(
            one.pk, one.written_by.name, one.written_at, texts.get(one.pk),
            tuple(mention.user.name for mention in one.mentions.all()),
            one.written_by_id == actor.user_id or one.matter_id in led,
        )
        for one in found
    ]  # fmt: skip


def list_unseen(actor: Actor) -> list[ShownMention]:
    """The notes that mention the actor and that they have not put away, as far as they may still read them."""
    if actor.user_id is None:
        return []
    unseen = Mention.objects.filter(user=actor.user_id, seen_at__isnull=True).select_related("note__written_by")
    found = list(unseen.order_by("-id")[:MOST_SHOWN])
    if not found:
        return []
    notes = Note.objects.visible_to(actor).filter(pk__in=[one.note_id for one in found])
    readable = set(notes.values_list("pk", flat=True))
    return _with_titles([one for one in found if one.note_id in readable])


def list_note_subjects(about: Subject) -> list[Subject]:
    """Where the texts of a record's notes are kept: for whoever empties what the record says of people."""
    ids = Note.objects.filter(about_kind=about[0], about_id=about[1]).order_by("pk").values_list("pk", flat=True)
    return [(SUBJECT, pk) for pk in ids]


def _led_by(actor: Actor, about: Subject) -> frozenset[int]:
    """The matters of a record of which the actor leads the body."""
    if all(reach.role is not Role.LEADER for reach in actor.reaches):
        return frozenset()
    return frozenset(one.pk for one in list_proceedings(about) if Role.LEADER in actor.roles_on(one.matter()))


def _with_titles(mentions: list[Mention]) -> list[ShownMention]:
    titles: dict[tuple[str, int], tuple[str, str]] = {}
    for kind in {one.note.about_kind for one in mentions}:
        known = subject_kind(kind).titles([one.note.about_id for one in mentions if one.note.about_kind == kind])
        titles |= {(kind, subject_id): words for subject_id, words in known.items()}
    return [
        ShownMention(
            one.pk, one.note.written_by.name, one.note.written_at,
            *titles[one.note.about_kind, one.note.about_id],
            f"{subject_kind(one.note.about_kind).address(one.note.about_id)}",
        )
        for one in mentions
    ]  # fmt: skip
