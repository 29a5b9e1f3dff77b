"""Taking a call: one request, one call, and what became of it, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhicheng.cases.hotline.models import Call, Outcome, Snippet
from zhicheng.cases.models import Case
from zhicheng.cases.queries import loop_of
from zhicheng.cases.services import Complaint, open_case
from zhicheng.core.access import Actor
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import Contact, find_contacts_by_phone, keep_text, keyed_hash_of, store_contact
from zhicheng.ground.proceedings.api import advance

MOST_CASES = 8


@dataclass(frozen=True)
class Taken:
    """A call as it was taken. The same request under the same key is one call, however often it is sent."""

    organization: Organization
    line: str
    began_at: datetime
    request_key: UUID
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    simulated: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a call; `secret` opens the case that it led to, for the reporter to note down."""

    call: Call
    secret: str = field(default="", repr=False)


@transaction.atomic
def open_by_call(*, taken: Taken, complaint: Complaint, by: Actor, now: datetime) -> Result:
    """Opens a case on behalf of the reporter. Raises Refused and StepRefused like `open_case`."""
    receipt = open_case(complaint=complaint, now=now, by=by)
    case = receipt.case

    def write(hash_: str) -> Call:
        return _write(taken, hash_, Outcome.OPENED, by, now, reporter=case.reporter, case=case)

    return Result(_once(taken, Outcome.OPENED, case.number, write), receipt.secret)


def add_by_call(*, taken: Taken, case: Case, text: str, by: Actor, now: datetime) -> Result:
    """Adds what the reporter says to a case that is in hand already.

    Raises StepRefused if the case is closed, Case.DoesNotExist if the actor may not see it.
    """

    def write(hash_: str) -> Call:
        current = Case.objects.visible_to(by).get(pk=case.pk)
        advance(proceeding=loop_of(current).id, verb="supplement", by=by, now=now, data={"addition": text})
        return _write(taken, hash_, Outcome.ADDED, by, now, reporter=_reporter(taken, now), case=current)

    return Result(_once(taken, Outcome.ADDED, f"{case.number} {text}", write))


def answer_by_call(*, taken: Taken, text: str, by: Actor, now: datetime, snippet: Snippet | None = None) -> Result:
    """Records a call that was answered at once, by a snippet or by the person who took it."""

    def write(hash_: str) -> Call:
        reporter = _reporter(taken, now)
        call = _write(taken, hash_, Outcome.ANSWERED, by, now, reporter=reporter, snippet=snippet)
        keep_text(subject=("call", call.id), key="question", text=text, now=now)
        return call

    return Result(_once(taken, Outcome.ANSWERED, f"{snippet.id if snippet else ''} {text}", write))


@transaction.atomic
def find_reporter(*, phone: str, by: Actor, now: datetime) -> tuple[Contact | None, list[Case]]:
    """The latest contact with this number and the cases of it that the actor may see, the latest first.

    That the number was looked up is written to the ledger. Raises PhoneError.
    """
    contacts = list(find_contacts_by_phone(phone))
    if not contacts:
        return None, []
    seen = Case.objects.visible_to(by).filter(reporter__in=contacts)
    cases = list(seen.select_related("category", "area").order_by("-received_at", "-id")[:MOST_CASES])
    if not cases:
        return None, []
    known = next(one for one in contacts if one.id in {case.reporter_id for case in cases})
    record(subject=("contact", known.id), act="look_up", by=by, now=now, body={"cases": len(cases)})
    return known, cases


def _once(taken: Taken, outcome: Outcome, content: str, write: Callable[[str], Call]) -> Call:
    """The call of this request and content: written now, unless the same was sent before."""
    hash_ = keyed_hash_of(f"call {taken.organization.id} {taken.request_key} {outcome} {content}")
    known = Call.objects.filter(request_hash=hash_)
    if (call := known.first()) is not None:
        return call
    try:
        with transaction.atomic():
            return write(hash_)
    except IntegrityError:
        if (call := known.first()) is not None:
            return call
        raise


def _write(
    taken: Taken, hash_: str, outcome: Outcome, by: Actor, now: datetime, *, reporter: Contact | None,
    case: Case | None = None, snippet: Snippet | None = None,
) -> Call:  # fmt: skip
    assert by.user_id is not None, "a call is taken by a person"
    call = Call.objects.create(
        organization=taken.organization, line=taken.line, taken_by_id=by.user_id, began_at=taken.began_at,
        ended_at=max(now, taken.began_at), outcome=outcome, reporter=reporter, case=case, snippet=snippet,
        request_hash=hash_, simulated=taken.simulated,
    )  # fmt: skip
    body = {"line": taken.line, "outcome": str(outcome), "case": case.number if case else None}
    record(subject=("call", call.id), act="take_call", by=by, now=now, body=body)
    return call


def _reporter(taken: Taken, now: datetime) -> Contact | None:
    if not (taken.name or taken.phone):
        return None
    return store_contact(name=taken.name, phone=taken.phone, address="", now=now)
