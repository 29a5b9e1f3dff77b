"""What this administration decided about telling people: how often it is tried, when not, how long a text is."""

from datetime import time, timedelta

from zhicheng.core.clock.quiet import QuietHours
from zhicheng.core.words import words

FIRST_PAUSE = timedelta(seconds=30)
GROWTH = 3
MOST_ATTEMPTS = 8
"""With pauses of 30 s, 1 min 30, 4 min 30 … the last attempt is about nine hours after the first."""
MOST_PARTS = 3
"""Parts of a text message, with its addresses: longer ones cost more than they tell."""
NIGHT = QuietHours(time(21), time(8))
"""For text messages to people, where neither the nation nor a pack says otherwise."""

NO_ACCOUNT = words("Nobody of this organization has an account.")
CLOSED = words("The account is locked.")
NO_EMAIL = words("The account has no e-mail address.")
NO_ADDRESS = words("No e-mail address was left.")
NO_NUMBER = words("No telephone number was left.")
NO_WAY = words("Neither a mobile number nor an e-mail address was left.")
LANDLINE = words("The number is no mobile number and takes no text messages.")
ERASED = words("The personal data were deleted.")
STOPPED = words("The person wants no more of these notices.")
GIVEN_UP = words("Given up after repeated failures.")

DROPPED = frozenset({ERASED, STOPPED})
"""Reasons for which a notice is not to be sent any more, whoever asks."""


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more).

    >>> [str(pause_after(attempts)) for attempts in (1, 2, 7)]
    ['0:00:30', '0:01:30', '6:04:30']
    """
    return FIRST_PAUSE * int(GROWTH ** (attempts - 1))


def may_be_tried_again(error: str) -> bool:
    """Whether somebody may have a notice tried again that failed for this reason."""
    return error not in DROPPED
