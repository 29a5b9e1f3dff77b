"""What the standard says in figures, and the windows in which requests are listed."""

from datetime import datetime, timedelta
from typing import Final

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
LONGEST_SPAN = timedelta(days=90)
MOST_REQUESTS = 1_000
LONGEST_DESCRIPTION = 4_000
MOST_FILES = 9
OPEN: Final = "open"
CLOSED: Final = "closed"


def window(since: datetime | None, until: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """From when to when requests are listed: the last 90 days, or 90 days from or up to the moment that is named.

    Raises Refused for a span that is longer or that ends before it begins.
    """
    if since is None and until is None:
        return now - LONGEST_SPAN, now
    begun = since if since is not None else _shifted(until or now, -LONGEST_SPAN)
    ended = until if until is not None else _shifted(begun, LONGEST_SPAN)
    if ended < begun:
        raise Refused(words("“end_date” is before “start_date”."))
    if ended - begun > LONGEST_SPAN:
        raise Refused(
            words("From “start_date” to “end_date” there may be at most {days} days."), days=LONGEST_SPAN.days
        )
    return begun, ended


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """The moment moved, as far as the calendar reaches."""
    try:
        return moment + by
    except OverflowError:
        return moment
