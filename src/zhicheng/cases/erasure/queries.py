"""Which cases have been kept long enough."""

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL, Unit
from zhicheng.core.process import Ending
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.api import Filing, filed, filed_until
from zhicheng.ground.packs.api import limit_for
from zhicheng.ground.proceedings.api import Proceeding

RETENTION = "case.retention"
"""The limit: so many calendar days after the day a case ended, what it says of people is kept."""


def list_due(on: date) -> QuerySet[Case]:
    """The cases whose last day of retention is before `on`: ended, not reopened since, not erased yet.

    An earlier case ended, for this house, when it was recorded here. What is filed in the archive is due when its
    file need not be kept any more, and not before. Raises Refused if the limit counts anything but calendar days,
    LimitError if a place has none.
    """
    ended = Proceeding.objects.filter(kind=LOOP.key, subject_kind=SUBJECT).exclude(ending=Ending.OPEN)
    areas: dict[datetime, list[int]] = {}
    for area_id, path in ended.values_list("area_id", "area__path").distinct():
        areas.setdefault(first_midnight_kept(RETENTION, path, on), []).append(area_id)
    long_ago = (Q(area__in=ids, state_since__lt=midnight) for midnight, ids in areas.items())
    due = ended.filter(reduce(or_, long_ago, Q(pk__in=()))).values("subject_id")
    archived = filed(SUBJECT).values("subject_id")
    over = filed(SUBJECT).filter(kept_until__lt=on).values("subject_id")
    by_rule = (Q(id__in=due) & ~Q(id__in=archived)) | Q(id__in=over)
    return Case.objects.filter(by_rule, erased_at__isnull=True).order_by("id")


def kept_by_archive(case: Case, on: date) -> Filing | None:
    """Under what the archive has to keep the case's file on a day, if it does."""
    return filed_until(SUBJECT, on).filter(subject_id=case.pk).first()


def first_midnight_kept(key: str, area_path: str, on: date) -> datetime:
    """What ended before this moment in the area is due, by the limit in force today, not that of the opening."""
    limit = limit_for(key=key, area=area_path, on=on)
    if limit.unit is not Unit.CALENDAR_DAYS:
        message = words("Limit “{key}” counts {unit}; expected calendar_days, in which retention is counted")
        raise Refused(message, key=limit.key, unit=limit.unit)
    return datetime.combine(on - timedelta(days=limit.amount), time.min, LOCAL)


def list_same_number(case: Case, actor: Actor) -> QuerySet[Case]:
    """Other cases that the actor may see, reported from the same telephone number."""
    index = case.reporter.phone_index if case.reporter else ""
    found = Case.objects.visible_to(actor).filter(reporter__phone_index=index).exclude(id=case.id)
    return found.order_by("-received_at") if index else Case.objects.none()
