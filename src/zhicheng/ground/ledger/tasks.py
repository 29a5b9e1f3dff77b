"""What the worker does for the ledger by itself."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.ledger.exports import seal_and_export


@app.periodic(cron="10 * * * *")
@app.task(name="ledger.seal_yesterday", queue="upkeep", queueing_lock="ledger.seal_yesterday")
def seal_yesterday(timestamp: int) -> None:
    """Seals the day that is over. Tried every hour: whichever run comes first after midnight does it."""
    seal_and_export(day=clock.today() - timedelta(days=1), now=clock.now())
