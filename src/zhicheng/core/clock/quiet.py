"""Hours in which nobody's telephone is to ring, also over midnight.

>>> from datetime import datetime, time
>>> night = QuietHours(time(21), time(8))
>>> night.covers(datetime(2026, 11, 23, 23, 30, tzinfo=LOCAL))
True
>>> night.until(datetime(2026, 11, 23, 23, 30, tzinfo=LOCAL)).isoformat()
'2026-11-24T08:00:00+08:00'
>>> night.until(datetime(2026, 11, 23, 8, 0, tzinfo=LOCAL)).isoformat()
'2026-11-23T08:00:00+08:00'
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zhicheng.core.clock.due import LOCAL


@dataclass(frozen=True)
class QuietHours:
    """From `begins` on and before `ends`, on the wall clock of the city; the same time twice means never."""

    begins: time
    ends: time

    def covers(self, moment: datetime) -> bool:
        """Whether the moment, which is aware, is within the quiet hours."""
        at = moment.astimezone(LOCAL).time()
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def until(self, moment: datetime) -> datetime:
        """The first moment, not before the given one, that is not quiet."""
        if not self.covers(moment):
            return moment
        here = moment.astimezone(LOCAL)
        over = datetime.combine(here.date(), self.ends, LOCAL)
        return over if over > here else over + timedelta(days=1)
