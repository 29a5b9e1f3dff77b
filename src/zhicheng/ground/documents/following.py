"""A step whose table names a form issues it, in the step's own transaction."""

from zhicheng.ground.documents.registry import form_source
from zhicheng.ground.documents.services import Occasion, issue
from zhicheng.ground.proceedings.api import Taking


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
    holder = particulars.issuer or before.matter.holder
    assert holder is not None, f"nobody holds proceeding {before.id}, so nobody can issue {source.form}"
    occasion = Occasion(
        subject=before.subject, proceeding=before.id, area_path=before.matter.area_path, holder=holder,
        step_number=taking.number, simulated=before.simulated,
    )  # fmt: skip
    issue(form=source.form, particulars=particulars, occasion=occasion, by=taking.by, now=taking.now)
