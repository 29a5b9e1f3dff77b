"""What the clock does with cards."""

from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.cards.reminding import remind
from zhicheng.ground.cards.services import issue_cards, raise_cards


@app.periodic(cron="*/10 * * * *")
@app.task(name="cards.issue", queue="upkeep", queueing_lock="cards.issue")
def issue(timestamp: int) -> None:
    """Issues the cards that are due, reminds of those that nobody acts on, and takes red ones to the superior."""
    now = clock.now()
    issue_cards(now=now)
    remind(now=now)
    raise_cards(now=now)
