"""Opening a case, and what follows when one of its proceedings takes a step."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from zhicheng.cases.actors import reporter_of
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import kinds_for
from zhicheng.cases.models import SUBJECT, Case, Source
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor, Domain
from zhicheng.core.canonical import canonical_bytes
from zhicheng.core.clock.due import local
from zhicheng.core.codes import RecordNumber, make_tracking_code
from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.serials import Serials
from zhicheng.ground.database.writing import Writing, insertion
from zhicheng.ground.files.api import Checked, attach
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term
from zhicheng.ground.personal.api import Contact, new_contact
from zhicheng.ground.proceedings.api import open_together, process_in_force
from zhicheng.ground.search.api import index, indexing
from zhicheng.ground.webhooks.api import has_subscribers, tell_of_opening

_ids = Serials("cases_case_id_seq", block=50, lasts_s=1.0)
_serials = Serials("cases_case_serial", block=20)


@dataclass(frozen=True)
class Complaint:
    """What a reporter gave. The same content under the same `request_key` is one complaint, however often sent."""

    title: str
    description: str
    category: Term
    area: Area
    request_key: UUID
    source: Source = Source.PORTAL
    site: Site | None = None
    place: str = ""
    respondent: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_email: str = ""
    tell_progress: bool = False
    """Whether the reporter agrees to be told how the matter goes on."""
    photos: tuple[Checked, ...] = field(default=(), repr=False)
    kinds: tuple[CaseKind, ...] = ()
    """What is asked for, where the category leaves a choice; all kinds of one domain."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """Answers to what the tables of these kinds ask at the opening, by the needs' keys."""
    external_system: str = ""
    external_number: str = ""
    """The matter's number in the system that sent it; of one system, one case has it."""
    simulated: bool = False

    @property
    def handled_as(self) -> tuple[CaseKind, ...]:
        """The kinds of proceeding that are opened."""
        return self.kinds or kinds_for(self.category.catalogue)[:1]

    @cached_property
    def identity(self) -> bytes:
        """What a repeated request has in common with the first: its key and its words, photographs apart.

        A browser brings a sent form back with its key: what is sent then with other words is another complaint.
        """
        told = [
            str(self.request_key), self.category.code, self.area.id, self.site.id if self.site else None,
            self.description, self.place, self.respondent, self.reporter_name, self.reporter_phone,
            [kind.key for kind in self.kinds], {key: str(value) for key, value in self.told.items()},
        ]  # fmt: skip
        return canonical_bytes([*told, self.reporter_email] if self.reporter_email else told)


@dataclass(frozen=True)
class Receipt:
    """What the reporter is given: the case's number, and the secret that opens it."""

    case: Case
    secret: str


class NumberTaken(Exception):
    """Another case has this number of the other system already."""

    def __init__(self, case: Case) -> None:
        super().__init__(f"{case.external_system} {case.external_number} is case {case.number}")
        self.case = case


def open_case(*, complaint: Complaint, now: datetime, by: Actor | None = None) -> Receipt:
    """Records a complaint, opens its loop and the proceeding of the body that is competent for it.

    `by` is the clerk who took a call; a complaint from the portal is opened by its reporter. The same complaint
    sent again returns the case that it made before. Raises Refused if no body is competent for the place, and
    StepRefused if an answer is missing or wrong, and NumberTaken if another case has the external number.
    """
    secret = secret_of(complaint)
    reporter = _reporter(complaint, now)
    case = _case(complaint, reporter, secret, now)
    actor = by or reporter_of(case)
    rows = [insertion(row) for row in (reporter, case) if row is not None]
    # One statement is a transaction of its own: another is begun only for more, or within one that runs.
    several = any((complaint.photos, complaint.told, connection.in_atomic_block, has_subscribers()))
    try:
        with transaction.atomic() if several else nullcontext():
            _open(case, complaint, beside=[*rows, indexing(**_found_by(case))], by=actor, now=now)
            for photo in complaint.photos:
                attach(checked=photo, subject=(SUBJECT, case.id), by=actor, now=now)
            tell_of_opening(subject=(SUBJECT, case.id), now=now)
    except IntegrityError:
        # An earlier request with this key made the case. Asked only now, for nearly every complaint is new.
        known = Case.objects.filter(request_hash=_request_hash(complaint)).first()
        if known is None:
            _refuse_taken_number(complaint)
            raise
        return Receipt(known, secret)
    return Receipt(case, secret)


def _refuse_taken_number(complaint: Complaint) -> None:
    if complaint.external_number:
        numbered = Case.objects.filter(external_system=complaint.external_system)
        taken = numbered.filter(external_number=complaint.external_number).first()
        if taken is not None:
            raise NumberTaken(taken)


def competent_body(area: Area, domain: Domain, on: date) -> int:
    """The body nearest to the place that is competent for the domain; raises Refused if there is none."""
    bodies = list_competent_bodies(area.path, domain, on)
    if not bodies:
        raise Refused(words("No body is competent for {area} in this matter."), area=area.name)
    return bodies[0]


def secret_of(complaint: Complaint) -> str:
    """The secret that opens the case: derived from the request, so that a retry gives the same one."""
    return make_tracking_code(keyed_hash(_key(), complaint.identity, purpose="case.secret")[:10])


def secret_hash(secret: str) -> bytes:
    """What the case keeps of its secret."""
    return sha256(secret.encode()).digest()


def _request_hash(complaint: Complaint) -> bytes:
    """What the case keeps of the request: nobody can read its key, and so the secret, from a dump."""
    return keyed_hash(_key(), complaint.identity, purpose="case.request")


def _key() -> bytes:
    return urlsafe_b64decode(settings.SECRETS.ledger_key)


def index_case(case: Case) -> None:
    """Makes the case findable by its numbers and words."""
    index(**_found_by(case))


def _found_by(case: Case) -> dict[str, Any]:
    return {
        "subject": (SUBJECT, case.id),
        "title": case.title,
        "text": " ".join((case.description, case.respondent, case.reply)),
        "numbers": [number for number in (case.number, case.external_number) if number],
    }


def next_number(area: Area, on: date) -> str:
    """A new case number: TS, the city, the year, a serial and a check digit. Serials may have gaps."""
    return str(RecordNumber("TS", area.code[:4], on.year, _serials.next()))


def _open(case: Case, complaint: Complaint, *, beside: list[Writing], by: Actor, now: datetime) -> None:
    """Opens the loop and the proceedings of the body that is competent; writes the case beside them."""
    on = local(now).date()
    domain = complaint.handled_as[0].domain
    open_together(
        processes=[process_in_force(key, on) for key in (LOOP.key, *(kind.key for kind in complaint.handled_as))],
        subject=(SUBJECT, case.id), area=complaint.area, domain=domain,
        holder=competent_body(complaint.area, domain, on), by=by, now=now, told=complaint.told,
        simulated=complaint.simulated, beside=beside,
    )  # fmt: skip


def _reporter(complaint: Complaint, now: datetime) -> Contact | None:
    """Whoever left a name, a number, or the words that say where exactly: these may be a home, so they are sealed.

    They tell where the matter is and no more: outside homes that is a shop or a street.
    """
    given = {
        "name": complaint.reporter_name, "phone": complaint.reporter_phone, "address": complaint.place,
        "email": complaint.reporter_email,
    }  # fmt: skip
    return new_contact(**given, progress=complaint.tell_progress, now=now) if any(given.values()) else None


def _case(complaint: Complaint, reporter: Contact | None, secret: str, now: datetime) -> Case:
    return Case(
        id=_ids.next(),
        number=next_number(complaint.area, local(now).date()),
        title=complaint.title,
        description=complaint.description,
        category=complaint.category,
        area=complaint.area,
        county_id=county_id_of(complaint.area),
        site=complaint.site,
        respondent=complaint.respondent,
        reporter=reporter,
        source=complaint.source,
        external_system=complaint.external_system,
        external_number=complaint.external_number,
        received_at=now,
        secret_hash=secret_hash(secret),
        request_hash=_request_hash(complaint),
        simulated=complaint.simulated,
    )


def county_id_of(area: Area) -> int | None:
    """The county that an area lies in, itself included; None for a city or province."""
    ids = [*area.ancestor_ids, area.id]
    return ids[2] if len(ids) > 2 else None
