"""A step whose table names a form issues it, in the step's own transaction."""

from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.queries import list_standing
from zhicheng.ground.documents.registry import FormSource, form_source
from zhicheng.ground.documents.services import Occasion, issue, revoke
from zhicheng.ground.proceedings.api import Taking

REPLACED = "另行发出{number}，以该文书为准。"
"""Why a paper is taken back that a later one of its form replaces; as the papers, in Chinese."""


def issue_for(taking: Taking) -> None:
    """Issues the document that the step calls for, if it calls for one.

    It is issued by the body that held the matter before the step: whoever transfers a matter signs the letter.
    """
    if not taking.step.form:
        return
    source = form_source(taking.step.form)
    assert source.particulars is not None, f"form {source.form} is not one for steps"
    before = taking.before
    particulars = source.particulars(taking)
    if particulars is None:
        return
    holder = particulars.issuer or before.matter.holder
    assert holder is not None, f"nobody holds proceeding {before.id}, so nobody can issue {source.form}"
    occasion = Occasion(
        subject=before.subject, proceeding=before.id, area_path=before.matter.area_path, holder=holder,
        step_number=taking.number, simulated=before.simulated,
    )  # fmt: skip
    earlier = _replaced(source, taking)
    fresh = issue(form=source.form, particulars=particulars, occasion=occasion, by=taking.by, now=taking.now)
    for one in earlier:
        revoke(document=one, reason=REPLACED.format(number=fresh.number), by=taking.by, now=taking.now)


def _replaced(source: FormSource, taking: Taking) -> list[Document]:
    """The papers that the step's own takes back."""
    before = taking.before
    return list_standing(before.subject, form=source.form, proceeding=before.id) if source.replaces else []
