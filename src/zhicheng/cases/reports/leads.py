"""A lead on a breach of law, noticed while something else is handled, is verified like any report."""

from collections.abc import Collection

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.reports.rules import LEAD_OF, MARKET_REPORTS
from zhicheng.core.access import Domain
from zhicheng.core.clock.due import local
from zhicheng.ground.areas.api import Area
from zhicheng.ground.proceedings.api import Proceeding, Step, Taking, open_proceeding, process_in_force

REPORT = MARKET_REPORTS[-1].key


def is_reported(case_id: int) -> bool:
    """Whether what the case's reporter told is a report: not if the body itself noticed a lead."""
    return case_id in reported_among([case_id])


def reported_among(case_ids: Collection[int]) -> set[int]:
    """Of which of these cases what the reporter told is a report."""
    opened = Step.objects.filter(
        proceeding__kind=REPORT, proceeding__subject_kind=SUBJECT, proceeding__subject_id__in=case_ids, number=1
    )
    told = opened.exclude(data__has_key=LEAD_OF)
    return set(told.values_list("proceeding__subject_id", flat=True))


def noticed_among(proceedings: Collection[int]) -> set[int]:
    """Which of these proceedings the body opened because it noticed a lead itself."""
    opened = Step.objects.filter(proceeding__in=proceedings, number=1, data__has_key=LEAD_OF)
    return set(opened.values_list("proceeding_id", flat=True))


def open_report(taking: Taking) -> None:
    """Opens a report in the same case, at the body that noticed it; one that is being verified already is enough.

    Order 20 §23, Order 121 §27: the end of the mediation does not end the verification.
    """
    kind, case_id = taking.before.subject
    verified = Proceeding.objects.filter(subject_kind=kind, subject_id=case_id, kind=REPORT, ending="open")
    if verified.exists():
        return
    open_proceeding(
        process=process_in_force(REPORT, local(taking.now).date()),
        subject=taking.before.subject,
        area=Area.objects.get(id=taking.before.area_id),
        holder=taking.before.matter.holder,
        by=taking.by,
        now=taking.now,
        data={LEAD_OF: taking.before.id},
        domain=Domain.MARKET,
        simulated=taking.before.simulated,
    )
