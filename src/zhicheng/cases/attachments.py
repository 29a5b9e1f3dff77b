"""Files of a case, for whoever may see the case and the proceeding that they belong to."""

from django.http import FileResponse, Http404

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.page import audience_of
from zhicheng.cases.queries import proceedings_for
from zhicheng.cases.withholding import withheld_among
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.files.api import Attachment, file_response, thumbnail_response
from zhicheng.ground.proceedings.api import Step
from zhicheng.ground.ui.record import may_read


def serve_file(case: Case, attachment_id: int, *, to: Actor, small: bool) -> FileResponse:
    """A file of the case or of a step that the actor is shown; raises Http404 for any other, or an erased one."""
    attachment = Attachment.objects.select_related("file").filter(id=attachment_id).first()
    if attachment is None or not _is_shown(attachment, case, to):
        raise Http404
    try:
        return thumbnail_response(attachment) if small else file_response(attachment)
    except (Refused, FileNotFoundError) as gone:
        raise Http404 from gone


def _is_shown(attachment: Attachment, case: Case, to: Actor) -> bool:
    if attachment.subject_kind == SUBJECT:
        kept = withheld_among([case.id], audience_of(proceedings_for(case, to), to))
        return attachment.subject_id == case.id and not kept
    shown = proceedings_for(case, to)
    if attachment.subject_kind != "proceeding" or attachment.subject_id not in {one.id for one in shown}:
        return False
    number = attachment.step_number or 0
    taken = Step.objects.filter(proceeding=attachment.subject_id, number=number)
    step = taken.select_related("proceeding").first()
    return step is not None and may_read(step, attachment.purpose, audience_of(shown, to))
