"""The history of a record in words: every step with what it decided, by a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from zhicheng.core.access import Role
from zhicheng.core.process import Need, NeedKind, Process
from zhicheng.core.words import words
from zhicheng.ground.files.api import Attachment
from zhicheng.ground.packs.api import term_label
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import PersonalText
from zhicheng.ground.proceedings.api import Step, process_version
from zhicheng.ground.ui.marks import Tone
from zhicheng.ground.ui.templatetags.house import day, sentence

OPENED = words("Opened")
DELETED = words("This text was deleted.")
DELETED_ON = words("Deleted on %(day)s")
WHO = {"system": words("System"), "reporter": words("Reporter"), "public": words("Public")}


class Audience(StrEnum):
    """For whom a page is written: staff see names and internal steps, others the bodies alone.

    The reporter reads what was said in confidence; the rest outside, which are companies, do not. What the bodies
    add for each other when a matter goes from hand to hand, neither reads.
    """

    STAFF = "staff"
    REPORTER = "reporter"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Detail:
    """One value of a step: its label, and words or files."""

    label: str
    text: str = ""
    files: tuple[Attachment, ...] = ()
    long: bool = False


@dataclass(frozen=True)
class Happening:
    """One step as a reader meets it."""

    what: str
    who: str
    at: datetime
    tone: Tone
    process: str
    internal: bool = False
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class _Kept:
    """Everything that the steps of one record point to; `gone` is when a text or file was deleted, by its hash."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Attachment] = field(default_factory=dict)
    organizations: Mapping[int, str] = field(default_factory=dict)
    gone: Mapping[str, datetime] = field(default_factory=dict)

    def missing(self, hashes: Iterable[str]) -> str:
        """What stands in the place of what cannot be shown."""
        deleted = [self.gone[one] for one in hashes if one in self.gone]
        return gettext(DELETED_ON) % {"day": day(max(deleted))} if deleted else gettext(DELETED)


def list_happenings(history: Iterable[Step], audience: Audience, area_path: str) -> list[Happening]:
    """What happened to a record, newest first; people outside see neither internal steps nor names.

    `history` holds the steps of those proceedings that the reader may see, the oldest first.
    """
    steps = [step for step in history if not _is_frame(step)]
    kept = _kept_for(steps)
    happenings = [_happening(step, kept, audience, area_path) for step in reversed(steps)]
    return [one for one in happenings if audience is Audience.STAFF or not one.internal]


def may_read(step: Step, key: str, audience: Audience) -> bool:
    """Whether these readers are shown what a step holds under the need `key`, a file among it."""
    process = process_version(step.proceeding.kind, step.proceeding.version)
    need = next((one for one in process.needs_of(step.from_state, step.verb) if one.key == key), None)
    if audience is Audience.STAFF:
        return True
    return need is not None and not _is_internal(step, process) and _is_read(need, audience)


def _is_internal(step: Step, process: Process) -> bool:
    taken = process.step(step.from_state, step.verb)
    return taken is not None and taken.internal


def _is_read(need: Need, audience: Audience) -> bool:
    if audience is Audience.STAFF:
        return True
    return not need.between_bodies and (audience is Audience.REPORTER or not need.confidential)


def _is_frame(step: Step) -> bool:
    """Whether this is the opening of a proceeding that only follows others: it says nothing of its own."""
    process = process_version(step.proceeding.kind, step.proceeding.version)
    return step.verb == "open" and process.initial.owner is Role.SYSTEM


def _kept_for(steps: list[Step]) -> _Kept:
    proceedings = {step.proceeding_id for step in steps}
    where = {"subject_kind": "proceeding", "subject_id__in": proceedings}
    texts = list(PersonalText.objects.filter(**where))
    files = list(Attachment.objects.filter(**where).select_related("file"))
    named = {value for step in steps for key, value in step.data.items() if key in ("body", "company")}
    return _Kept(
        texts={text.hash: text.text for text in texts if text.erased_at is None and text.is_genuine},
        files={f"{one.subject_id}:{one.step_number}:{one.hash}": one for one in files if one.erased_at is None},
        organizations=dict(Organization.objects.filter(id__in=named).values_list("id", "name")),
        gone={
            **{text.hash: text.erased_at for text in texts if text.erased_at is not None},
            **{one.hash: one.erased_at for one in files if one.erased_at is not None},
        },
    )


def _happening(step: Step, kept: _Kept, audience: Audience, area_path: str) -> Happening:
    process = process_version(step.proceeding.kind, step.proceeding.version)
    needs = [one for one in process.needs_of(step.from_state, step.verb) if _is_read(one, audience)]
    return Happening(
        what=_what(step, process),
        who=_who(step, audience),
        at=step.at,
        tone=_tone(step),
        process=gettext(process.label),
        internal=_is_internal(step, process),
        details=tuple(_details(step, needs, kept, area_path)),
    )


def _what(step: Step, process: Process) -> str:
    taken = process.step(step.from_state, step.verb)
    if taken is None:
        return f"{gettext(OPENED)} · {gettext(process.label)}"
    label = gettext(taken.label)
    if step.verb.startswith("request_"):
        return gettext("Approval requested: %(what)s") % {"what": label}
    return label


def _who(step: Step, audience: Audience) -> str:
    kind = step.actor.partition(":")[0]
    name = gettext(WHO[kind]) if kind in WHO else step.actor_name
    body = step.organization.name if step.organization else ""
    if audience is not Audience.STAFF:
        return body or (name if kind in WHO else "")
    giver = gettext("on behalf of %(name)s") % {"name": step.on_behalf_of.name} if step.on_behalf_of else ""
    return " · ".join(filter(None, (body if body != name else "", name, giver)))


def _tone(step: Step) -> Tone:
    if step.verb in ("break", "refuse", "dispute", "reject"):
        return Tone.WRONG
    if step.ending in ("final", "resting"):
        return Tone.DONE
    return Tone.NEUTRAL if step.from_state == step.to_state else Tone.ACTIVE


def _details(step: Step, needs: Iterable[Need], kept: _Kept, area_path: str) -> Iterable[Detail]:
    for need in needs:
        if need.key in step.data:
            yield _detail(step, need, step.data[need.key], kept, area_path)


def _detail(step: Step, need: Need, value: Any, kept: _Kept, area_path: str) -> Detail:
    """A value in words. What a step keeps as a text is one, whatever is asked for today."""
    label = gettext(need.label)
    if isinstance(value, Mapping) and "text" in value:
        hash_ = value["text"]
        return Detail(label, kept.texts[hash_] if hash_ in kept.texts else kept.missing([hash_]), long=True)
    if need.kind is NeedKind.FILES:
        keys = (f"{step.proceeding_id}:{step.number}:{hash_}" for hash_ in value["files"])
        shown = tuple(kept.files[key] for key in keys if key in kept.files)
        return Detail(label, "" if shown else kept.missing(value["files"]), files=shown)
    if need.kind is NeedKind.CODE:
        found = (term_label(catalogue, value, area_path) for catalogue in need.catalogues)
        return Detail(label, next((one for one in found if one != value), value))
    if need.kind is NeedKind.CHOICE:
        return Detail(label, gettext(dict(need.choices)[value]))
    if need.kind is NeedKind.DATE:
        return Detail(label, day(date.fromisoformat(value)))
    if need.kind is NeedKind.MONEY:
        return Detail(label, sentence(words("{amount} yuan"), {"amount": f"{Decimal(value):,}"}))
    return Detail(label, kept.organizations.get(value, str(value)))
