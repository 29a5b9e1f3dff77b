"""What the worker does for cases."""

from procrastinate.contrib.django import app

from zhicheng.cases.erasure.services import BY_RULE, erase_due_cases
from zhicheng.cases.hotline.retention import erase_due_calls
from zhicheng.cases.hotspots.alerting import alert_hot_spots, erase_due_words
from zhicheng.ground import clock


@app.periodic(cron="40 * * * *")
@app.task(name="cases.alert_hot_spots", queue="upkeep", queueing_lock="cases.alert_hot_spots")
def alert_of_hot_spots(timestamp: int) -> None:
    """Every hour, tells of hot spots that have appeared or grown."""
    alert_hot_spots(now=clock.now())


@app.periodic(cron="20 18 * * *")
@app.task(name="cases.erase_due", queue="upkeep", queueing_lock="cases.erase_due")
def erase_due(timestamp: int) -> None:
    """Every night, deletes the personal data of cases and calls that ended longer ago than their limits."""
    erase_due_cases(now=clock.now())
    erase_due_calls(by=BY_RULE, now=clock.now())
    erase_due_words(now=clock.now())
