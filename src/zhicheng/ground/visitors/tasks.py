"""What the worker does for the counts of visitors."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.visitors.services import forget_attempts


@app.periodic(cron="5 * * * *")
@app.task(name="visitors.forget_attempts", queue="upkeep", queueing_lock="visitors.forget_attempts")
def forget_old_attempts(timestamp: int) -> None:
    """Removes the counts of hours that are over."""
    forget_attempts(now=clock.now())
