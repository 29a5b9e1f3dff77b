"""Files of a case, for whoever may see the case."""

from django.http import FileResponse, Http404

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.refused import Refused
from zhicheng.ground.files.api import Attachment, file_response, thumbnail_response
from zhicheng.ground.proceedings.api import Proceeding


def serve_file(case: Case, attachment_id: int, *, small: bool) -> FileResponse:
    """A file of the case or of one of its steps; raises Http404 for any other, and for one that was erased."""
    attachment = Attachment.objects.select_related("file").filter(id=attachment_id).first()
    if attachment is None or not _belongs(attachment, case):
        raise Http404
    try:
        return thumbnail_response(attachment) if small else file_response(attachment)
    except (Refused, FileNotFoundError) as gone:
        raise Http404 from gone


def _belongs(attachment: Attachment, case: Case) -> bool:
    if attachment.subject_kind == SUBJECT:
        return attachment.subject_id == case.id
    return (
        attachment.subject_kind == "proceeding"
        and Proceeding.objects.filter(id=attachment.subject_id, subject_kind=SUBJECT, subject_id=case.id).exists()
    )
