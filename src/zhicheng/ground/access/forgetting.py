"""What is kept of people who signed in, or tried to, and for how long."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

ATTEMPTS_LAST = timedelta(days=1)
"""Attempts count for a quarter of an hour; for a day one can see why somebody was locked out."""
LOGS_LAST = timedelta(days=183)
"""Who signed in from which address: six months, the least that the Cybersecurity Law (§21) asks of such logs."""


def forget_sessions(now: datetime) -> int:
    """Removes sessions that are over."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def forget_signing_in(now: datetime) -> int:
    """Removes attempts and logs of signing in, with their names and addresses, once their time is over."""
    kept = ((AccessAttempt, ATTEMPTS_LAST), (AccessFailureLog, LOGS_LAST), (AccessLog, LOGS_LAST))
    return sum(model.objects.filter(attempt_time__lt=now - lasts).delete()[0] for model, lasts in kept)
