"""Inserting a template in the form of a step: by a button of the form itself, so that it works without script."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, QueryDict

from zhicheng.cases.actions import named_step, offers_of
from zhicheng.cases.models import Case
from zhicheng.cases.replies.queries import CaseTemplates
from zhicheng.core.access import Actor
from zhicheng.core.process import Need, NeedKind
from zhicheng.ground.ui.step_form import StepForm, step_asked_for


def insert_template(
    request: HttpRequest, case: Case, actor: Actor, now: datetime, templates: CaseTemplates
) -> StepForm:
    """The form as it was typed, with the chosen template's text at the end of its field; nothing is sent.

    Files have to be chosen again. Raises Http404 like `take_action`.
    """
    proceeding, verb = named_step(request, case)
    situation, step = step_asked_for(proceeding, verb, actor)
    typed = cast(QueryDict, request.POST).copy()
    name = f"{situation.id}-{step.verb}-{request.POST.get('insert', '')}"
    need = _text_asked(step.needs, request.POST.get("insert", ""))
    text = templates.text(typed.get(f"{name}-template", ""), situation, step, need) if need else None
    if text is not None:
        before = typed.get(name, "").rstrip()
        typed[name] = f"{before}\n{text}" if before else text
    return StepForm(
        situation, step, now=now, offers=offers_of(case), templates=templates, data=typed, checked=False
    )


def _text_asked(needs: tuple[Need, ...], key: str) -> Need | None:
    return next((need for need in needs if need.key == key and need.kind is NeedKind.TEXT), None)
