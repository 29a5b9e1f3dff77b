"""Files of a case, for whoever may see the case and the proceeding that they belong to."""

from django.http import FileResponse, Http404

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.files.api import Attachment, file_response, thumbnail_response
from zhicheng.ground.proceedings.api import Proceeding


def serve_file(case: Case, attachment_id: int, *, to: Actor, small: bool) -> FileResponse:
    """A file of the case or of a step that the actor may see; raises Http404 for any other, and for one erased."""
    attachment = Attachment.objects.select_related("file").filter(id=attachment_id).first()
    if attachment is None or not _is_shown(attachment, case, to):
        raise Http404
    try:
        return thumbnail_response(attachment) if small else file_response(attachment)
    except (Refused, FileNotFoundError) as gone:
        raise Http404 from gone


def _is_shown(attachment: Attachment, case: Case, to: Actor) -> bool:
    if attachment.subject_kind == SUBJECT:
        return attachment.subject_id == case.id
    shown = Proceeding.objects.visible_to(to).filter(subject_kind=SUBJECT, subject_id=case.id)
    return attachment.subject_kind == "proceeding" and shown.filter(id=attachment.subject_id).exists()
