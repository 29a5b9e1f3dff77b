"""What the worker does for webhooks."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.webhooks.delivery import deliver
from zhicheng.ground.webhooks.queries import forget_deliveries, list_overdue
from zhicheng.ground.webhooks.services import DELIVER


@app.task(name=DELIVER, queue="webhooks")
def deliver_one(delivery_id: int) -> None:
    """Sends one delivery. Its own row says when to try again, so the job never fails for the other side."""
    deliver(delivery_id=delivery_id, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="webhooks.deliver_overdue", queue="webhooks", queueing_lock="webhooks.deliver_overdue")
def deliver_overdue(timestamp: int) -> None:
    """Sends what waits although its time has come: the job was lost, or the database went away under it."""
    now = clock.now()
    for delivery_id in list_overdue(now):
        deliver(delivery_id=delivery_id, now=now)


@app.periodic(cron="40 18 * * *")
@app.task(name="webhooks.forget", queue="upkeep", queueing_lock="webhooks.forget")
def forget(timestamp: int) -> None:
    """Once a night: deliveries are kept for a month."""
    forget_deliveries(now=clock.now())
