"""What the clock does with cards."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.cards.services import issue_cards, raise_cards


@app.periodic(cron="*/10 * * * *")
@app.task(name="cards.issue", queue="upkeep", queueing_lock="cards.issue")
def issue(timestamp: int) -> None:
    """Issues the cards that are due, and takes red ones on whose time has come."""
    now = clock.now()
    issue_cards(now=now)
    raise_cards(now=now)
