"""Cases over HTTP: the same scope, the same steps and the same refusals as on the desk."""

from typing import Annotated

from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import Field

from zhicheng.cases.joining.queries import list_joined
from zhicheng.cases.models import Case
from zhicheng.cases.page import audience_of, get_case
from zhicheng.cases.queries import proceedings_for, proceedings_of
from zhicheng.cases.schemas import (
    CaseDetailOut,
    CaseListOut,
    CaseOut,
    JoinedOut,
    OfferOut,
    ProceedingOut,
    StepIn,
    StepOut,
    typed,
)
from zhicheng.cases.withholding import withheld_among
from zhicheng.ground import clock
from zhicheng.ground.interface.api import MOST_ITEMS, WRITE, KeyRequest, page_of, read_cursor
from zhicheng.ground.proceedings.api import StepConflict, advance, read_situation, steps_offered

router = Router(tags=["cases"])


@router.get("/cases", response=CaseListOut, operation_id="list_cases")
def list_cases(
    request: KeyRequest, response: HttpResponse, after: str | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 50,
) -> CaseListOut:  # fmt: skip
    """The cases that the caller may see, the newest first; `after` is the cursor of the page before."""
    found = Case.objects.listed_for(request.actor).select_related("category", "area").order_by("-id")
    if after is not None:
        found = found.filter(id__lt=read_cursor("cases", after))
    rows, more = page_of(found, limit, "cases", request, response)
    return CaseListOut(items=[CaseOut.of(case) for case in rows], after=more)


@router.get("/cases/{number}", response={200: CaseDetailOut}, operation_id="get_case")
def case_detail(request: KeyRequest, number: str) -> CaseDetailOut:
    """One case with its proceedings."""
    case, actor = _visible(request, number), request.actor
    seen = proceedings_for(case, actor)
    proceedings = [ProceedingOut.of(one, actor) for one in seen]
    summary, withheld = CaseOut.of(case), withheld_among([case.pk], audience_of(seen, actor))
    return CaseDetailOut(
        **summary.dict(), description="" if withheld else case.description, erased_at=case.erased_at,
        proceedings=proceedings, joined=[JoinedOut.of(one) for one in list_joined(case.pk, actor)],
    )  # fmt: skip


@router.get("/cases/{number}/steps", response=list[OfferOut], operation_id="list_steps")
def offered(request: KeyRequest, number: str) -> list[OfferOut]:
    """The steps that the caller may take now."""
    case, actor, now = _visible(request, number), request.actor, clock.now()
    situations = filter(None, (read_situation(one) for one in sorted(proceedings_of(case))))
    return [OfferOut.of(one, step) for one in situations for step in steps_offered(one, actor, now)]


@router.post("/cases/{number}/steps", response=StepOut, auth=WRITE, operation_id="take_step")
def take_step(request: KeyRequest, number: str, body: StepIn) -> StepOut:
    """Takes a step. Sent twice with the same `number`, it is taken once."""
    case = _visible(request, number)
    situation = read_situation(body.proceeding) if body.proceeding in proceedings_of(case) else None
    if situation is None:
        raise Http404
    step = situation.process.step(situation.state, body.verb)
    data = typed(step.needs, body.data) if step else body.data
    try:
        taking = advance(
            proceeding=body.proceeding, verb=body.verb, by=request.actor, now=clock.now(), data=data,
            expected_number=body.number,
        )  # fmt: skip
    except StepConflict as conflict:
        if not conflict.repeated:
            raise
        after = conflict.situation
        return StepOut(proceeding=after.id, number=after.number, state=after.state)
    return StepOut(proceeding=body.proceeding, number=taking.number, state=taking.to_state)


def _visible(request: KeyRequest, number: str) -> Case:
    case = get_case(request.actor, number)
    if case is None:
        raise Http404
    return case
