"""Files that a program adds to the case it opened."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import file_digest

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.queries import loop_of
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.files.api import Attachment, Checked, FileRefused, accept_upload, attach, list_attachments
from zhicheng.ground.interface.api import Refusal
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.personal.api import keyed_hash_of
from zhicheng.ground.proceedings.api import Step
from zhicheng.ground.ui.templatetags.house import sentence

MOST_FILES = 9
PURPOSE = "complaint"


def add_files(*, case: Case, uploads: Sequence[UploadedFile], by: Actor, now: datetime) -> list[Attachment]:
    """Adds files to a case while it is open; only whoever opened it does. A file that it has is not added twice.

    Raises Refusal naming each file that is not what it says it is, and everything is left as it was.
    """
    checked, faults = [], {}
    for place, upload in enumerate(uploads):
        try:
            checked.append(accept_upload(upload=upload, purpose=PURPOSE))
        except FileRefused as refused:
            faults[f"files.{place}"] = sentence(refused.message, refused.params)
    if faults:
        raise Refusal(422, "values", words("Some of the files are refused."), fields=faults)
    with transaction.atomic():
        take_turn((SUBJECT, case.id))
        case = Case.objects.select_for_update(of=("self",)).get(id=case.id)
        _require_opener(case, by)
        known = {one.hash: one for one in list_attachments((SUBJECT, case.id)) if one.erased_at is None}
        if len(known) + len(checked) > MOST_FILES:
            told = words("A case takes {limit} files from its reporter.")
            raise Refusal(422, "values", told, fields={"files": told}, limit=MOST_FILES)
        new = [one for one in checked if _hash(one) not in known]
        added = [attach(checked=one, subject=(SUBJECT, case.id), by=by, now=now) for one in new]
        if added:
            body = {"files": [one.hash for one in added]}
            record(subject=(SUBJECT, case.id), act="case.add_files", by=by, now=now, body=body)
    return [one for one in (*known.values(), *added) if one.purpose == PURPOSE]


def _hash(checked: Checked) -> str:
    """What an attachment of this content is known by."""
    checked.content.seek(0)
    digest = file_digest(checked.content, "sha256").hexdigest()  # type: ignore[arg-type]  # any file that is read
    checked.content.seek(0)
    return keyed_hash_of(digest)


def _require_opener(case: Case, by: Actor) -> None:
    loop = loop_of(case)
    opened = Step.objects.filter(proceeding=loop, number=1).values_list("actor", flat=True).get()
    if opened != by.key:
        raise Refusal(403, "scope", words("Only who opened a case adds files to it."))
    if not loop.is_open or case.erased_at is not None:
        raise Refusal(422, "refused", words("The case is closed: it takes no more files."))
