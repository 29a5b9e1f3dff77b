"""Which cases have ended for good, and what the archive needs of one."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from zhicheng.cases.guarding import REOPENING, reopen_until
from zhicheng.cases.kinds import kind_of
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.queries import latest_of_each_kind, leading_of
from zhicheng.cases.rules import CLOSED, LOOP
from zhicheng.core.access import HOLDING, Actor
from zhicheng.core.clock import LOCAL, Limit, due_at
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.api import Filing, filed
from zhicheng.ground.archive.registry import File
from zhicheng.ground.packs.api import limit_for, list_places_of, working_calendar
from zhicheng.ground.proceedings.api import Proceeding, list_proceedings

NOTHING = Q(pk__in=())


def file_of(case_id: int, now: datetime) -> File:
    """What the archive needs of a case. Raises Refused while it has not ended for good."""
    proceedings = list_proceedings((SUBJECT, case_id))
    loop = next(one for one in proceedings if one.kind == LOOP.key)
    if loop.state != CLOSED.key or any(one.is_open for one in proceedings):
        raise Refused(words("It has not ended: only a closed case is filed in the archive."))
    until = reopen_until(loop)
    if until is not None and now <= until:
        raise Refused(words("It can be reopened until {day}; only then is it filed."), day=local(until).date())
    rules = tuple(kind_of(one.kind).kept_for for one in latest_of_each_kind(proceedings))
    return File(leading_of(proceedings), local(loop.state_since).date(), rules)


def list_ready(actor: Actor, now: datetime, bodies: Collection[int] | None = None) -> QuerySet[Case]:
    """The cases that the actor's bodies, or these, handled and can file: closed, past reopening, not filed yet.

    `ended_at` is when each was closed. Where the time for reopening was another one when a case was opened, the
    case may be listed some days before it can be filed; filing asks the rule of its own day.
    """
    loops = Proceeding.objects.about(SUBJECT).filter(kind=LOOP.key, subject_id=OuterRef("pk")).order_by()
    over = Exists(loops.filter(_over(now), state=CLOSED.key))
    holders = _bodies(actor) if bodies is None else bodies
    handled = Proceeding.objects.about(SUBJECT).filter(subject_id=OuterRef("pk"), holder__in=holders)
    ended_at = Subquery(loops.values("state_since")[:1], output_field=DateTimeField())
    found = Case.objects.listed_for(actor).filter(over, Exists(handled.exclude(kind=LOOP.key)), historical=False)
    gone = filed(SUBJECT).filter(subject_id=OuterRef("pk"))
    return found.filter(~Exists(gone)).annotate(ended_at=ended_at)


def _over(now: datetime) -> Q:
    """Loops of which the time for reopening has passed, and that were not taken out of the archive since."""
    on = local(now).date()
    places = list_places_of(REOPENING, on)
    found = NOTHING
    for path in places:
        narrower = (one for one in places if one != path and one.startswith(path))
        here = reduce(and_, (~Q(area__path__startswith=one) for one in narrower), Q(area__path__startswith=path))
        limit = limit_for(key=REOPENING, area=path or None, on=on)
        since = datetime.combine(_first_day_not_over(limit, now), time.min, LOCAL)
        lately = Filing.objects.filter(
            subject_kind=SUBJECT, subject_id=OuterRef("subject_id"), taken_out_at__gte=since
        )
        found |= here & Q(state_since__lt=since) & ~Q(Exists(lately))
    return found


def _first_day_not_over(limit: Limit, now: datetime) -> date:
    """What was closed on this day or later can still be reopened, by the limit in force today."""
    calendar, today = working_calendar(), local(now).date()

    def is_over(day: date) -> bool:
        until = due_at(datetime.combine(day, local(now).timetz()), limit, calendar)
        return until is not None and until < now

    near, far = today, today - timedelta(days=limit.amount + 1)
    while not is_over(far):
        far -= timedelta(days=limit.amount)
    while (near - far).days > 1:
        middle = far + (near - far) // 2
        near, far = (near, middle) if is_over(middle) else (middle, far)
    return near


def _bodies(actor: Actor) -> frozenset[int]:
    """The bodies for which the actor files."""
    return frozenset[int]().union(*(reach.organizations for reach in actor.reaches if reach.role in HOLDING))
