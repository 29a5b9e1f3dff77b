"""When everything happens: records begin a month before the Monday morning at which the walk is made."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY: date = NOW.date()
BEGAN = NOW - timedelta(days=30)
RECENTLY = NOW - timedelta(hours=1)
