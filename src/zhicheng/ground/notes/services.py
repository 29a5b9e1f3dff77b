"""Writing a note, putting a mention away, and deleting what a note says."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhicheng.core.access import Actor, Role, Subject
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.notes.models import SUBJECT, Mention, Note
from zhicheng.ground.notes.queries import list_mentionable, noted_matter
from zhicheng.ground.notes.rules import LONGEST_NOTE, MOST_NAMED, named_in
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.personal.api import empty_texts, keep_text
from zhicheng.ground.proceedings.api import refuse_if_kept, subject_kind


class NoteRefused(Refused):
    """A note that cannot be written; `field` is the one of the form that is to blame."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


@transaction.atomic
def write_note(
    *, about: Subject, text: str, key: UUID, by: Actor, now: datetime, mentioned: Collection[int] = ()
) -> Note:
    """Writes a note on a record and tells whom it mentions, chosen from the list or named with an @ in its text.

    The same `key` writes one. Raises NoteRefused if it is empty or too long, or mentions somebody who may not see
    the matter, and Refused for whoever does not see the record as a member of a body.
    """
    matter = noted_matter(about, by)
    if matter is None or by.user_id is None:
        raise Refused(words("Only people of the bodies that see the matter write notes on it."))
    refuse_if_kept(about)
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise NoteRefused("text", words("Write up to {limit} characters; there are {count}."),
                          limit=LONGEST_NOTE, count=len(text))  # fmt: skip
    told = _mentioned(text, mentioned, list_mentionable(matter, by, now))
    given = {"about_kind": about[0], "about_id": about[1], "matter": matter, "written_by_id": by.user_id}
    note, fresh = Note.objects.get_or_create(key=key, defaults={**given, "written_at": now})
    if not fresh:
        return note
    kept = keep_text(subject=(SUBJECT, note.pk), key=SUBJECT, text=text, now=now)
    Mention.objects.bulk_create([Mention(note=note, user_id=one) for one in told])
    body = {"note": note.pk, "proceeding_id": matter.pk, "text": kept.hash, "mentioned": told}
    record(subject=about, act="note.write", by=by, now=now, body=body)
    _tell(note, about, told, now)
    return note


@transaction.atomic
def see_mention(*, mention: int, by: Actor, now: datetime) -> None:
    """Takes a mention of the actor out of their inbox; twice changes nothing. Raises Mention.DoesNotExist."""
    own = Mention.objects.select_for_update().get(pk=mention, user=by.user_id)
    if own.seen_at is None:
        own.seen_at = now
        own.save(update_fields=["seen_at"])


@transaction.atomic
def erase_note(*, note: int, by: Actor, now: datetime) -> None:
    """Deletes what a note says; that it was written, by whom and when stays. Twice changes nothing.

    Raises Note.DoesNotExist for whoever does not see it, and Refused for anybody but its author or a leader of
    the body that has the matter.
    """
    visible = Note.objects.visible_to(by).filter(pk=note).values("pk")
    about_kind, about_id = Note.objects.values_list("about_kind", "about_id").get(pk__in=visible)
    take_turn((about_kind, about_id))
    found = Note.objects.select_for_update(of=("self",)).select_related("matter__area").get(pk__in=visible)
    if found.written_by_id != by.user_id and Role.LEADER not in by.roles_on(found.matter.matter()):
        raise Refused(words("Only its author, or a leader of the body that has the matter, deletes a note."))
    if found.erased_at is not None:
        return
    refuse_if_kept((about_kind, about_id))
    hashes = empty_texts(subjects=[(SUBJECT, found.pk)], now=now)
    found.erased_at = now
    found.save(update_fields=["erased_at"])
    about = (found.about_kind, found.about_id)
    record(subject=about, act="note.erase", by=by, now=now, body={"note": found.pk, "texts": hashes})


def _mentioned(text: str, chosen: Collection[int], possible: list[User]) -> list[int]:
    """Whom a note mentions; a name that two colleagues have is chosen from the list instead."""
    names = [user.name for user in possible]
    known = {user.username: user.pk for user in possible}
    known |= {user.name: user.pk for user in possible if names.count(user.name) == 1}
    named, strangers = named_in(text, known)
    if strangers:
        raise NoteRefused("text", words("“{name}” is nobody who may see this matter. Choose from the list below."),
                          name=strangers[0])  # fmt: skip
    if not set(chosen) <= {user.pk for user in possible}:
        raise NoteRefused("mentioned", words("Somebody you chose may not see this matter."))
    told = sorted({*named, *chosen})
    if len(told) > MOST_NAMED:
        raise NoteRefused("mentioned", words("A note mentions at most {limit} colleagues; this one {count}."),
                          limit=MOST_NAMED, count=len(told))  # fmt: skip
    return told


def _tell(note: Note, about: Subject, told: list[int], now: datetime) -> None:
    number, _ = subject_kind(about[0]).titles([about[1]])[about[1]]
    notify(
        recipients=[Recipient.user(one) for one in told], template="mentioned", params={"number": number},
        subject=about, now=now, occasion=f"note {note.pk}", link=subject_kind(about[0]).address(about[1]),
    )  # fmt: skip
