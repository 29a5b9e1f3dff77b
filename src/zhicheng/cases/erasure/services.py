"""Deleting what a case says of people; what happened stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q

from zhicheng.cases.erasure.queries import RETENTION, kept_by_archive, list_due
from zhicheng.cases.models import SUBJECT, Call, Case
from zhicheng.cases.queries import leading_of, loop_of
from zhicheng.cases.services import index_case
from zhicheng.cases.titles import title_of
from zhicheng.core.access import Actor, Role, Subject
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.api import list_filing_subjects
from zhicheng.ground.documents.api import empty_papers
from zhicheng.ground.files.api import empty_attachments
from zhicheng.ground.instructions.api import list_text_subjects
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notes.api import list_note_subjects
from zhicheng.ground.personal.api import Contact, empty_texts, erase, keep_text
from zhicheng.ground.proceedings.api import Proceeding, list_proceedings, read_situation

BY_RULE = Actor(key="system:retention", name="retention")
"""Erases what has been kept long enough."""
BATCH = 200
log = structlog.get_logger("zhicheng.cases")


@dataclass(frozen=True)
class Erased:
    """What a run over the due cases did; `failed` are the numbers of those that could not be erased."""

    cases: int
    failed: tuple[str, ...] = ()


def may_erase(case: Case, by: Actor, now: datetime) -> bool:
    """Whether the actor may delete now: a leader of the body that handles the case, once it has ended.

    Not while the archive has to keep its file.
    """
    if case.erased_at is not None or not any(reach.role is Role.LEADER for reach in by.reaches):
        return False
    proceedings = list_proceedings((SUBJECT, case.id))
    if any(one.is_open for one in proceedings) or kept_by_archive(case, local(now).date()) is not None:
        return False
    return Role.LEADER in by.roles_on(leading_of(proceedings).matter())


@transaction.atomic
def erase_case(*, case: Case, by: Actor, reason: str, now: datetime) -> bool:
    """Deletes contact, words, photographs and papers of a case and of its steps; whether there were any.

    The entry in the case's chain names the hashes of what was deleted. Erasing twice changes nothing. Raises
    Refused without a reason, while the case is open, while the archive has to keep its file, and for anybody but
    a leader of the body that handles it or the house itself.
    """
    if not reason.strip():
        raise Refused(words("Give the reason"))
    read_situation(loop_of(case).id, lock=True)  # whoever reopens the case waits, and is then refused
    current = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if current.erased_at is not None:
        return False
    proceedings = list_proceedings((SUBJECT, case.id))
    if any(one.is_open for one in proceedings):
        raise Refused(words("The case is still open: what is needed to handle it is kept until it has ended."))
    if (filing := kept_by_archive(current, local(now).date())) is not None:
        raise Refused(
            words("The archive keeps it as {number} until {day}; until then nothing in it is deleted."),
            number=filing.number, day=filing.kept_until,
        )  # fmt: skip
    if not by.is_system and not may_erase(current, by, now):
        raise Refused(words("Only a leader of the body that handles the case can delete personal data."))
    _empty(current, proceedings, by, reason, now)
    return True


def erase_due_cases(*, now: datetime, told: Callable[[Case], None] = lambda case: None) -> Erased:
    """Erases every case whose time has come, each by itself: one that fails is named and left for the next run."""
    done, failed, last = 0, [], 0
    while batch := list(list_due(local(now).date()).filter(id__gt=last)[:BATCH]):
        for case in batch:
            try:
                done += erase_case(case=case, by=BY_RULE, reason=RETENTION, now=now)
                told(case)
            except Exception:
                log.exception("personal data could not be erased", case=case.number)
                failed.append(case.number)
        last = batch[-1].id
    return Erased(done, tuple(failed))


def _empty(case: Case, proceedings: list[Proceeding], by: Actor, reason: str, now: datetime) -> None:
    subjects: list[Subject] = [(SUBJECT, case.id), *(("proceeding", one.id) for one in proceedings)]
    subjects += list_text_subjects((SUBJECT, case.id))
    subjects += list_note_subjects((SUBJECT, case.id))
    subjects += list_filing_subjects((SUBJECT, case.id))
    texts = empty_texts(subjects=subjects, now=now)
    files = empty_attachments(subjects=subjects, now=now)
    papers = empty_papers(subject=(SUBJECT, case.id), now=now)
    for contact in _people_of(case):
        erase(contact=contact, by=by, reason=reason, now=now)
    case.title = title_of(case.category, case.site, case.area)  # people may have written theirs
    case.description = case.respondent = case.reply = ""
    case.erased_at = now
    case.save(update_fields=["title", "description", "respondent", "reply", "erased_at"])
    index_case(case)
    kept = keep_text(subject=(SUBJECT, case.id), key="case.erase.reason", text=reason.strip(), now=now)
    body = {"reason": kept.hash, "contact": case.reporter_id, "texts": texts, "files": files, "papers": papers}
    record(subject=(SUBJECT, case.id), act="case.erase", by=by, now=now, body=body)


def _people_of(case: Case) -> list[Contact]:
    """The reporter, and whoever called about the case."""
    reporters = Call.objects.filter(case=case).values("reporter")
    return list(Contact.objects.filter(Q(id=case.reporter_id) | Q(id__in=reporters)).order_by("id"))
