"""Cases between systems, over HTTP."""

import json
from typing import Annotated

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from ninja import File, Header, Status, UploadedFile
from pydantic import Field

from zhicheng.cases.endpoints import router as router  # the same address takes reading and opening
from zhicheng.cases.exchange.files import add_files
from zhicheng.cases.exchange.intake import area_called, complaint_of, terms_at
from zhicheng.cases.exchange.queries import find_external, list_changes
from zhicheng.cases.exchange.schemas import (
    CaseIn,
    CategoryOut,
    ChangeOut,
    ChangesOut,
    EndingOut,
    ExternalOut,
    FileOut,
    KindOut,
    OpenedOut,
)
from zhicheng.cases.kinds import kinds_for
from zhicheng.cases.models import Case
from zhicheng.cases.page import get_case
from zhicheng.cases.queries import proceedings_for
from zhicheng.cases.rules import LOOP
from zhicheng.cases.schemas import NeedOut, ProceedingOut
from zhicheng.cases.services import NumberTaken, open_case
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.interface.api import (
    MOST_ITEMS,
    WRITE,
    KeyRequest,
    Refusal,
    cursor_of,
    next_link,
    read_cursor,
    request_key,
)
from zhicheng.ground.packs.api import Term
from zhicheng.ground.proceedings.api import Proceeding, StepRefused, process_in_force, process_version
from zhicheng.ground.ui.templatetags.house import sentence, words_of

Limit = Annotated[int, Field(ge=1, le=MOST_ITEMS)]
Idempotency = Annotated[str | None, Header(alias="Idempotency-Key")]


@router.post("/cases", response={201: OpenedOut}, auth=WRITE, operation_id="open_case")
def open_by_program(
    request: KeyRequest, response: HttpResponse, body: CaseIn, idempotency_key: Idempotency = None
) -> Status[OpenedOut]:
    """Opens a case. Under the same `Idempotency-Key` the same body is one case and gets one answer."""
    now = clock.now()
    with transaction.atomic():
        # Halves of characters, which JSON can write, are escaped here: they are no reason to fail.
        sent = json.dumps(body.model_dump())
        key = request_key(user=request.user, named=idempotency_key, what="open_case", body=sent, now=now)
        complaint = complaint_of(body, by=request.actor, request_key=key, on=clock.today())
        try:
            receipt = open_case(complaint=complaint, now=now, by=request.actor)
        except StepRefused as refused:
            raise _told_wrongly(refused) from None
        except NumberTaken as taken:
            raise _known(request, taken) from None
    number = receipt.case.number
    response["Location"] = reverse("api:case_detail", args=[number])
    follow = f"{settings.BASE_URL}{reverse(settings.PAGES['tracking'])}?number={number}"
    return Status(201, OpenedOut(number=number, secret=receipt.secret, address=follow))


@router.post("/cases/{number}/files", response={201: list[FileOut]}, auth=WRITE, operation_id="add_files")
def add_files_to(request: KeyRequest, number: str, files: File[list[UploadedFile]]) -> Status[list[FileOut]]:
    """Adds photographs and papers of the reporter to a case that the caller opened; all files that it then has."""
    case = get_case(request.actor, number)
    if case is None:
        raise Http404
    added = add_files(case=case, uploads=files, by=request.actor, now=clock.now())
    return Status(
        201, [FileOut(id=one.pk, name=one.name, size=one.file.size_bytes if one.file else 0) for one in added]
    )


@router.get("/external/{system}/{number}", response=ExternalOut, operation_id="get_external")
def by_external_number(request: KeyRequest, system: str, number: str) -> ExternalOut:
    """The case that has a number in another system, and its answer once it is closed."""
    printable = system.isprintable() and number.isprintable()
    case = find_external(request.actor, system, number) if printable else None
    if case is None:
        raise Http404
    proceedings = proceedings_for(case, request.actor)
    closed = all(not one.is_open for one in proceedings)
    return ExternalOut(
        system=system, external_number=number, number=case.number, closed=closed,
        proceedings=[ProceedingOut.of(one, request.actor) for one in proceedings],
        answer=[_ending(one) for one in proceedings if one.kind != LOOP.key] if closed else [],
    )  # fmt: skip


@router.get("/changes", response=ChangesOut, operation_id="list_changes")
def changes(
    request: KeyRequest, response: HttpResponse, after: str | None = None, limit: Limit = 50
) -> ChangesOut:
    """What happened since a cursor in cases that the caller may see, the oldest first: for asking again."""
    begun = read_cursor("changes", after) if after is not None else 0
    steps = list(list_changes(request.actor, begun, clock.now())[: limit + 1])
    cases = Case.objects.in_bulk({one.proceeding.subject_id for one in steps})
    items = [
        ChangeOut(
            case=case.number, external_system=case.external_system, external_number=case.external_number,
            proceeding=one.proceeding_id, kind=one.proceeding.kind, number=one.number, verb=one.verb,
            from_state=one.from_state, to_state=one.to_state, at=one.at,
        )
        for one in steps[:limit]
        for case in [cases[one.proceeding.subject_id]]
    ]  # fmt: skip
    cursor = cursor_of("changes", steps[:limit][-1].pk if steps else begun)
    if len(steps) > limit:
        next_link(request, response, cursor)
    return ChangesOut(items=items, after=cursor)


@router.get("/categories", response=list[CategoryOut], operation_id="list_categories")
def categories(request: HttpRequest, area: Annotated[str, Field(pattern=r"^[0-9]{12}$")]) -> list[CategoryOut]:
    """The categories that are offered at a place, with the proceedings they lead to and what has to be told."""
    return [_category(term) for term in terms_at(area_called(area, clock.today()), clock.today())]


def _category(term: Term) -> CategoryOut:
    kinds = [
        KindOut(kind=kind.key, label=words_of(kind.label), asks=[NeedOut.of(need) for need in process.opening])
        for kind in kinds_for(term.catalogue)
        for process in [process_in_force(kind.key, clock.today())]
    ]
    return CategoryOut(code=term.code, group=term.catalogue, zh=term.zh, en=term.en, kinds=kinds)


def _ending(proceeding: Proceeding) -> EndingOut:
    state = process_version(proceeding.kind, proceeding.version).state(proceeding.state)
    return EndingOut(
        kind=proceeding.kind, state=state.key, label=gettext(state.label), ended_at=proceeding.state_since
    )


def _told_wrongly(refused: StepRefused) -> Refusal:
    """The refusals of what was told at the opening, at the names they were sent under."""
    fields = {f"told.{one.field}": sentence(one.message, one.params) for one in refused.refusals}
    return Refusal(422, "refused", words("Some of what has to be told is missing or wrong."), fields=fields)


def _known(request: KeyRequest, taken: NumberTaken) -> Refusal:
    """409 with the known case; its number here only for whoever may see it."""
    visible = Case.objects.visible_to(request.actor).filter(id=taken.case.id).exists()
    message = words("There is a case already with the number {number} of {system}.")
    return Refusal(
        409, "known", message, fields={"external.number": message}, number=taken.case.external_number,
        system=taken.case.external_system, more={"case": taken.case.number if visible else None},
    )  # fmt: skip
