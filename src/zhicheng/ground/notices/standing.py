"""How a notice stands, in one word."""

from datetime import datetime
from enum import StrEnum

from zhicheng.core.words import words
from zhicheng.ground.notices.models import Channel, Notice
from zhicheng.ground.notices.rules import DROPPED


class Standing(StrEnum):
    """What became of a notice so far."""

    WAITING = "waiting"
    LATER = "later"
    SENT = "sent"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


STANDINGS = {
    Standing.WAITING: words("To be sent"),
    Standing.LATER: words("Put off"),
    Standing.SENT: words("Sent"),
    Standing.GIVEN_UP: words("Given up"),
    Standing.DROPPED: words("Dropped"),
}
CHANNELS = {
    Channel.INBOX: words("Inbox"),
    Channel.EMAIL: words("E-mail"),
    Channel.SMS: words("Text message"),
}


def standing_of(notice: Notice, now: datetime) -> Standing:
    """How a notice stands at a moment."""
    if notice.sent_at is not None:
        return Standing.SENT
    if notice.failed_at is not None:
        return Standing.DROPPED if notice.error in DROPPED else Standing.GIVEN_UP
    return Standing.LATER if notice.deliver_after > now else Standing.WAITING
