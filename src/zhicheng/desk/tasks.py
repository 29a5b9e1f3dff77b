"""What the worker does for those who look after the installation."""

from procrastinate.contrib.django import app

from zhicheng.desk.system.calendar import tell_of_missing_year
from zhicheng.ground import clock


@app.periodic(cron="0 1 * * *")
@app.task(name="desk.tell_of_missing_year", queue="upkeep", queueing_lock="desk.tell_of_missing_year")
def tell_of_calendar(timestamp: int) -> None:
    """Looks every morning whether the calendar reaches far enough."""
    tell_of_missing_year(now=clock.now())
