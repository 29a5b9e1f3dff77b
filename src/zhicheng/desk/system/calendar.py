"""Telling the system administrators that a year is missing from the calendar, before clocks run into it."""

from datetime import datetime

from zhicheng.core.access import Role
from zhicheng.core.clock.due import local
from zhicheng.desk.system.health import read_missing_year
from zhicheng.ground.access.api import Grant
from zhicheng.ground.notices.api import Recipient, notify


def tell_of_missing_year(*, now: datetime) -> list[int]:
    """One notice a year for each system administrator; returns the ids of those written."""
    today = local(now).date()
    year = read_missing_year(today)
    if year is None:
        return []
    held = Grant.objects.filter(role=Role.SYSTEM_ADMINISTRATOR).select_related("user")
    users = {grant.user_id for grant in held if grant.in_force(today) and grant.user.is_active}
    return notify(
        recipients=[Recipient.user(user) for user in sorted(users)],
        template="calendar_missing",
        params={"year": str(year)},
        subject=("calendar", year),
        now=now,
        occasion=f"calendar {year}",
        link="/desk/system/",
    )
