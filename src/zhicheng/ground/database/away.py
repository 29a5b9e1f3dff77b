"""Whether a failure means that the database cannot be reached: people are then asked to wait."""

import logging
import time
from collections.abc import Iterator

import psycopg
from django.db import Error

RETRY_AFTER_S = 10
LOGGED_EVERY_S = 60.0
_STATES = ("08", "57P", "53300")
"""Connection lost; server shutting down or starting; no connection to be had (PostgreSQL, appendix A)."""


def is_away(error: BaseException | None) -> bool:
    """Whether the connection, and not what was asked, is what failed."""
    return any(
        isinstance(one, psycopg.OperationalError | psycopg.InterfaceError)
        and (one.sqlstate is None or one.sqlstate.startswith(_STATES))
        for one in _behind(error)
    )


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, as long as the database had to do with it."""
    while error is not None:
        yield error
        error = error.__cause__ or (error.__context__ if isinstance(error, Error | psycopg.Error) else None)


class AwayOnce(logging.Filter):
    """Says once a minute, in one line, that the database is away, where every request would say it at length."""

    def __init__(self) -> None:
        super().__init__()
        self._last_s = -LOGGED_EVERY_S

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.exc_info is None or not is_away(record.exc_info[1]):
            return True
        now_s = time.monotonic()
        if now_s - self._last_s < LOGGED_EVERY_S:
            return False
        self._last_s = now_s
        record.msg, record.args, record.exc_info = "the database cannot be reached", (), None
        return True
