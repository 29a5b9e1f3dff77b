"""Times as offices write them. Never guessed: a form that leaves day and month open is not read at all."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from zhicheng.core.clock import LOCAL

_DAY = (
    r"(?P<year>\d{4})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"|年(?P<yue>\d{1,2})月(?P<ri>\d{1,2})日)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
    r"|[时点](?P<fen>\d{1,2})分(?:(?P<miao>\d{1,2})秒)?)"
)
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})"
_MOMENT = re.compile(rf"{_DAY}(?:(?:T|\s+|(?<=日)){_CLOCK}{_ZONE}?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """A time as it was read, in China's time zone unless it names another; a day alone is its first moment."""

    at: datetime
    has_clock: bool


def read_moment(text: str) -> Written | None:
    """The time that `text` says, or None. The year comes first and has four digits; seconds may be left out.

    >>> read_moment("2019/4/25 9:32:09").at.isoformat()
    '2019-04-25T09:32:09+08:00'
    >>> read_moment("2019年4月25日"), read_moment("4/5/2019"), read_moment("2019-02-30 10:00")
    ... # doctest: +ELLIPSIS
    (Written(at=..., has_clock=False), None, None)
    """
    found = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    parts = found.groupdict()
    numbers = (
        parts["year"], parts["month"] or parts["yue"], parts["day"] or parts["ri"], parts["hour"] or 0,
        parts["minute"] or parts["fen"] or 0, parts["second"] or parts["miao"] or 0,
    )  # fmt: skip
    try:
        year, month, day, hour, minute, second = map(int, numbers)
        at = datetime(year, month, day, hour, minute, second, tzinfo=_zone(parts["zone"]))
    except ValueError:
        return None
    return Written(at, parts["hour"] is not None)


def _zone(text: str | None) -> tzinfo:
    if text is None:
        return LOCAL
    if text == "Z":
        return UTC
    sign, hours, minutes = text[0], int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == "-" else offset)
