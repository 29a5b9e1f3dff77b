"""What the worker does every night."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.database.chores import do_chores


@app.periodic(cron="10 19 * * *")
@app.task(name="upkeep.nightly", queue="upkeep", queueing_lock="upkeep.nightly")
def nightly(timestamp: int) -> None:
    """At ten past three in China, clears away what is over."""
    for _ in do_chores(clock.now()):
        pass
