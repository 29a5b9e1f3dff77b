"""What the worker does for the interface."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.interface.repeating import forget_requests


@app.periodic(cron="50 18 * * *")
@app.task(name="interface.forget_requests", queue="upkeep", queueing_lock="interface.forget_requests")
def forget(timestamp: int) -> None:
    """Once a night: what was sent longer ago than a month is not expected again."""
    forget_requests(now=clock.now())
