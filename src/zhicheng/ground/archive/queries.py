"""Reads of the archive."""

from datetime import date, datetime

from django.db.models import QuerySet

from zhicheng.core.access import Actor, Subject
from zhicheng.core.process import Refusal
from zhicheng.core.words import words
from zhicheng.ground.archive.models import IN_PLACE, SUBJECT, Filing


def filing_of(subject: Subject) -> Filing | None:
    """Under what a record is in the archive now, if it is."""
    return Filing.objects.filter(IN_PLACE, subject_kind=subject[0], subject_id=subject[1]).first()


def list_filings(subject: Subject, actor: Actor) -> list[Filing]:
    """Every filing of a record that the actor may see, the latest first."""
    found = Filing.objects.visible_to(actor).filter(subject_kind=subject[0], subject_id=subject[1])
    return list(found.select_related("issuer", "matter__area").order_by("-id"))


def filed(subject_kind: str) -> QuerySet[Filing]:
    """The filings of one kind of record that are in the archive now; `subject_id` names the record."""
    return Filing.objects.filter(IN_PLACE, subject_kind=subject_kind).order_by()


def filed_until(subject_kind: str, on: date) -> QuerySet[Filing]:
    """Of these, those that still have to be kept on a day."""
    return filed(subject_kind).filter(kept_until__gte=on)


def last_taken_out(subject: Subject) -> datetime | None:
    """When a record was last taken out of the archive."""
    found = Filing.objects.filter(subject_kind=subject[0], subject_id=subject[1], taken_out_at__isnull=False)
    return found.order_by("-taken_out_at").values_list("taken_out_at", flat=True).first()


def list_filing_subjects(subject: Subject) -> list[Subject]:
    """Where the reasons given for a record are kept: for whoever empties what the record says of people."""
    ids = Filing.objects.filter(subject_kind=subject[0], subject_id=subject[1]).order_by("pk")
    return [(SUBJECT, pk) for pk in ids.values_list("pk", flat=True)]


def why_filed_stays(subject: Subject) -> Refusal | None:
    """Why a filed record may not be changed; None for one that is not in the archive."""
    found = filing_of(subject)
    if found is None:
        return None
    return Refusal(
        words("It is in the archive as {number} and stays as it is; a leader of {body} can take it out."),
        {"number": found.number, "body": found.issuer.name},
    )  # fmt: skip
