"""Keeping reply templates: adding, revising and retiring one, each written down in its own chain."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from zhicheng.cases.replies.fields import text_fields
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.rules import BLANKS, Spot, room_in
from zhicheng.core.access import Actor, Role
from zhicheng.core.blanks import names_in
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record

SUBJECT = "reply_template"
KEEPERS = frozenset({Role.CLERK, Role.LEADER, Role.CALLER})
"""Who keeps the templates of a body; everybody of it uses them."""
CHANGING = ("kind", "verb", "need", "category", "title", "text", "saved_on", "retired_on")


class TemplateRefused(Refused):
    """A template that cannot be kept; `field` is the one of the form that is to blame."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


@dataclass(frozen=True)
class Wording:
    """What a template says and where it is offered."""

    title: str
    text: str
    spot: Spot
    category: str = ""


def bodies_kept_by(actor: Actor) -> frozenset[int]:
    """The bodies whose templates the actor keeps."""
    return frozenset(one for reach in actor.reaches if reach.role in KEEPERS for one in reach.organizations)


@transaction.atomic
def save_template(
    *, template: ReplyTemplate | None, body: int, wording: Wording, by: Actor, now: datetime, on: date
) -> ReplyTemplate:
    """Adds a template to a body, or revises one of its own; a retired one is offered again.

    Sent again, it changes nothing. Raises TemplateRefused for a text that no field takes, a blank that no case
    fills, or a title that the body has already, and Refused for whoever does not keep the body's templates.
    """
    current = _own(template, by) if template else None
    if (current.organization_id if current else body) not in bodies_kept_by(by):
        raise Refused(words("Clerks and leaders keep the templates of their own body."))
    _check(wording)
    kept = current or _same(body, wording) or ReplyTemplate(organization_id=body)
    if kept.pk and kept.retired_on is None and _wording_of(kept) == wording:
        return kept
    act = "reply.revise" if kept.pk else "reply.add"
    kept.title, kept.text, kept.category = wording.title, wording.text, wording.category
    kept.kind, kept.verb, kept.need = wording.spot.kind, wording.spot.verb, wording.spot.need
    kept.saved_on, kept.retired_on = on, None
    try:
        with transaction.atomic():
            kept.save(update_fields=CHANGING if kept.pk else None)
    except IntegrityError:
        raise TemplateRefused(
            "title", words("Your body has a template called “{title}” already."), title=wording.title
        ) from None
    body_of_entry = {"title": kept.title, "spot": kept.spot.code, "category": kept.category,
                     "text": sha256(kept.text.encode()).hexdigest(), "body": kept.organization_id}  # fmt: skip
    record(subject=(SUBJECT, kept.pk), act=act, by=by, now=now, body=body_of_entry)
    return kept


@transaction.atomic
def retire_template(*, template: ReplyTemplate, by: Actor, now: datetime, on: date) -> None:
    """No longer offers a template; retiring it twice changes nothing. Raises Refused like `save_template`."""
    current = _own(template, by)
    if current.retired_on is not None:
        return
    current.retired_on = on
    current.save(update_fields=["retired_on"])
    record(subject=(SUBJECT, current.pk), act="reply.retire", by=by, now=now, body={"title": current.title})


def _own(template: ReplyTemplate, by: Actor) -> ReplyTemplate:
    current = ReplyTemplate.objects.select_for_update().get(pk=template.pk)
    if current.organization_id is None:
        raise Refused(words("This template comes from a pack: make one of your own from it."))
    if current.organization_id not in bodies_kept_by(by):
        raise Refused(words("Clerks and leaders keep the templates of their own body."))
    return current


def _check(wording: Wording) -> None:
    room = room_in(wording.spot, text_fields())
    if not room:
        raise TemplateRefused("spot", words("No step asks for a text there."))
    if len(wording.text) > room:
        raise TemplateRefused(
            "text", words("The field takes {limit} characters; this text has {count}."),
            limit=room, count=len(wording.text),
        )  # fmt: skip
    if strangers := [name for name in names_in(wording.text) if name not in BLANKS]:
        raise TemplateRefused(
            "text", words("No case fills {{{name}}}; it can fill {known}."),
            name=strangers[0], known=", ".join(f"{{{one}}}" for one in BLANKS),
        )  # fmt: skip


def _same(body: int, wording: Wording) -> ReplyTemplate | None:
    """The template that an earlier send of the same form added."""
    named = ReplyTemplate.objects.filter(organization_id=body, title=wording.title, retired_on__isnull=True)
    found = named.first()
    return found if found is not None and _wording_of(found) == wording else None


def _wording_of(template: ReplyTemplate) -> Wording:
    return Wording(template.title, template.text, template.spot, template.category)
