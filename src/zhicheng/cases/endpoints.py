"""Cases over HTTP: the same scope, the same steps and the same refusals as on the desk."""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Router, Status
from pydantic import Field

from zhicheng.cases.models import Case
from zhicheng.cases.page import get_case
from zhicheng.cases.queries import proceedings_for, proceedings_of
from zhicheng.cases.schemas import (
    CaseDetailOut,
    CaseListOut,
    CaseOut,
    OfferOut,
    Problem,
    ProceedingOut,
    StepIn,
    StepOut,
    typed,
)
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.proceedings.api import (
    Proceeding,
    StepConflict,
    StepRefused,
    advance,
    read_situation,
    steps_offered,
)
from zhicheng.ground.ui.templatetags.house import sentence

router = Router(tags=["cases"])
MOST_ITEMS = 100


@router.get("/cases", response=CaseListOut, operation_id="list_cases")
def list_cases(
    request: HttpRequest, after: int | None = None, limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 50
) -> CaseListOut:
    """The cases that the caller may see, the newest first; `after` is the cursor of the page before."""
    found = Case.objects.visible_to(_actor(request)).select_related("category", "area").order_by("-id")
    if after is not None:
        found = found.filter(id__lt=after)
    rows = list(found[: limit + 1])
    more = str(rows[limit - 1].id) if len(rows) > limit else None
    return CaseListOut(items=[CaseOut.of(case) for case in rows[:limit]], after=more)


@router.get("/cases/{number}", response={200: CaseDetailOut}, operation_id="get_case")
def case_detail(request: HttpRequest, number: str) -> CaseDetailOut:
    """One case with its proceedings."""
    case, actor = _visible(request, number), _actor(request)
    proceedings = [ProceedingOut.of(one) for one in proceedings_for(case, actor)]
    summary = CaseOut.of(case)
    return CaseDetailOut(
        **summary.dict(), description=case.description, erased_at=case.erased_at, proceedings=proceedings
    )


@router.get("/cases/{number}/steps", response=list[OfferOut], operation_id="list_steps")
def offered(request: HttpRequest, number: str) -> list[OfferOut]:
    """The steps that the caller may take now."""
    case, actor, now = _visible(request, number), _actor(request), clock.now()
    situations = filter(None, (read_situation(one) for one in sorted(proceedings_of(case))))
    return [OfferOut.of(one, step) for one in situations for step in steps_offered(one, actor, now)]


@router.post(
    "/cases/{number}/steps", response={200: StepOut, 409: Problem, 422: Problem}, operation_id="take_step"
)
def take_step(request: HttpRequest, number: str, body: StepIn) -> Status[StepOut | Problem]:
    """Takes a step. Sent twice with the same `number`, it is taken once."""
    case, actor = _visible(request, number), _actor(request)
    situation = read_situation(body.proceeding) if body.proceeding in proceedings_of(case) else None
    if situation is None:
        raise Http404
    step = situation.process.step(situation.state, body.verb)
    try:
        data = typed(step, body.data) if step else body.data
        taking = advance(
            proceeding=body.proceeding, verb=body.verb, by=actor, now=clock.now(), data=data,
            expected_number=body.number,
        )  # fmt: skip
    except Refused as refused:
        return Status(422, Problem(detail=sentence(refused.message, refused.params)))
    except Proceeding.DoesNotExist:
        raise Http404 from None  # the caller sees the case, but not this proceeding of it
    except StepRefused as refused:
        told = [(one.field, sentence(one.message, one.params)) for one in refused.refusals]
        detail = "; ".join(text for _, text in told)
        return Status(422, Problem(detail=detail, fields={field: text for field, text in told if field}))
    except StepConflict as conflict:
        if not conflict.repeated:
            return Status(409, Problem(detail=gettext("The matter was moved meanwhile; look at it again.")))
        after = conflict.situation
        return Status(200, StepOut(proceeding=after.id, number=after.number, state=after.state))
    return Status(200, StepOut(proceeding=body.proceeding, number=taking.number, state=taking.to_state))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _visible(request: HttpRequest, number: str) -> Case:
    case = get_case(_actor(request), number)
    if case is None:
        raise Http404
    return case
