"""The house's connection: it sees a lost server without a round trip, and keeps the plans of chosen statements."""

import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base

ASK_AFTER_S = 5.0
"""A connection that was idle for longer is asked: something between may have dropped it without a word."""


class PreparedCursor(psycopg.RawCursor[Any]):
    """A cursor whose statements the server parses and plans once for each connection; values are `$1`, `$2` …"""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        """As usual, but prepared."""
        return super().execute(query, params, prepare=True, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to PostgreSQL."""

    _asked_at = float("-inf")

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's, which forbids prepared statements altogether; only `prepared_cursor` makes any."""
        connection = super().get_new_connection(conn_params)
        connection.prepare_threshold = 0
        return connection

    def is_usable(self) -> bool:
        """Whether the server is still there: asked for at the first statement of a request.

        Between requests a server says nothing, unless it ends; then the socket has something to read.
        """
        now = time.monotonic()
        recently, self._asked_at = now - self._asked_at < ASK_AFTER_S, now
        return (recently and self._is_silent()) or super().is_usable()

    def prepared_cursor(self) -> Any:
        """A cursor for the few statements that are worth a plan of their own, the same in every request.

        The server then no longer sees the values when it plans: nothing that depends on them may be prepared.
        """
        self.ensure_connection()
        self.close_if_health_check_failed()
        with self.wrap_database_errors:
            return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined]  # Django's

    def _is_silent(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
