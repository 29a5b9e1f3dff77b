"""Filing a record, and taking it out again. Both are entries in the record's chain, and neither is a step."""

from datetime import date, datetime, time

from django.db import transaction

from zhicheng.core.access import HOLDING, Actor, Role, Subject
from zhicheng.core.clock import LOCAL, due_at
from zhicheng.core.clock.due import local
from zhicheng.core.codes import DocumentNumber
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.models import IN_PLACE, SUBJECT, Filing
from zhicheng.ground.archive.registry import File, filed_kind
from zhicheng.ground.documents.api import claim_series, next_serial, prefix_of
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.packs.api import limit_for, working_calendar
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keep_text
from zhicheng.ground.proceedings.api import Proceeding

MARK = claim_series("档")
"""The series of archive numbers: 枣市监档〔2026〕12号. The form is our own; an archive may ask for more parts."""


def may_file(matter: Proceeding, by: Actor) -> bool:
    """Whether the actor is a clerk, an officer or a leader of the body that files this matter."""
    return by.is_system or not HOLDING.isdisjoint(by.roles_on(matter.matter()))


@transaction.atomic
def file_away(*, subject: Subject, by: Actor, now: datetime) -> Filing:
    """Files a record under the next number of its body and of the year in which it ended.

    What is filed already stays as it is and is returned. Raises Refused with the reason while it cannot be filed,
    and for anybody but the people of the body that files it.
    """
    take_turn(subject)
    known = Filing.objects.filter(IN_PLACE, subject_kind=subject[0], subject_id=subject[1]).first()
    if known is not None:
        return known
    file = filed_kind(subject[0]).file_of(subject[1], now)
    if not may_file(file.matter, by):
        raise Refused(words("Only people of the body that handled it file it in the archive."))
    filing = _filing(subject, file, by, now)
    body = {
        "filing": filing.pk, "number": filing.number, "issuer": filing.issuer_id, "year": filing.year,
        "ended_on": filing.ended_on.isoformat(), "kept_until": filing.kept_until.isoformat(), "rule": filing.rule,
    }  # fmt: skip
    record(subject=subject, act="archive.file", by=by, now=now, body=body)
    return filing


@transaction.atomic
def take_out(*, filing: int, reason: str, by: Actor, now: datetime) -> Filing:
    """Takes a record out of the archive, so that it can be changed again; its line stays in the register.

    Raises Filing.DoesNotExist for whoever does not see it, and Refused without a reason, if it was taken out
    before, and for anybody but a leader of the body that filed it.
    """
    seen = Filing.objects.visible_to(by).filter(pk=filing).values("pk")
    subject = Filing.objects.values_list("subject_kind", "subject_id").get(pk__in=seen)
    take_turn(subject)
    current = Filing.objects.select_for_update(of=("self",)).select_related("matter__area").get(pk=filing)
    if Role.LEADER not in by.roles_on(current.matter.matter()):
        raise Refused(words("Only a leader of the body that filed it takes it out of the archive."))
    if not reason.strip():
        raise Refused(words("Give the reason"))
    if not current.in_place:
        raise Refused(words("“{number}” was taken out of the archive before."), number=current.number)
    kept = keep_text(subject=(SUBJECT, current.pk), key="archive.reason", text=reason.strip(), now=now)
    current.taken_out_at, current.taken_out_by, current.reason = now, by.key, kept.hash
    current.save(update_fields=["taken_out_at", "taken_out_by", "reason"])
    body = {"filing": current.pk, "number": current.number, "reason": kept.hash}
    record(subject=subject, act="archive.take_out", by=by, now=now, body=body)
    return current


def kept_until(file: File, on: date) -> tuple[date, str]:
    """The last day on which a record filed today is kept, and the limit that says so.

    The periods of archives count from the end of the year in which the record ended.
    """
    year_ends = datetime.combine(date(file.ended_on.year, 12, 31), time.min, LOCAL)
    ends = {}
    for rule in file.rules:
        limit = limit_for(key=rule, area=file.matter.area.path, on=on)
        last = due_at(year_ends, limit, working_calendar())
        assert last is not None, "nothing pauses what is kept"
        ends[last.date()] = rule
    latest = max(ends)
    return latest, ends[latest]


def _filing(subject: Subject, file: File, by: Actor, now: datetime) -> Filing:
    holder = file.matter.holder_id
    assert holder is not None, "whoever has a role here belongs to the holder"
    issuer, year = Organization.objects.get(pk=holder), file.ended_on.year
    serial = next_serial(issuer=issuer.pk, mark=MARK, year=year)
    until, rule = kept_until(file, local(now).date())
    return Filing.objects.create(
        subject_kind=subject[0], subject_id=subject[1], matter=file.matter, issuer=issuer, mark=MARK, year=year,
        serial=serial, number=str(DocumentNumber(prefix_of(issuer), MARK, year, serial)), ended_on=file.ended_on,
        kept_until=until, rule=rule, filed_at=now, filed_by=by.key, simulated=file.matter.simulated,
    )  # fmt: skip
