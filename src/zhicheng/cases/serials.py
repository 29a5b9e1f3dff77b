"""Serials of case numbers, taken from the database in blocks: what a process does not use stays a gap."""

import threading

from django.db import connection

BLOCK = 20
_lock = threading.Lock()
_taken: list[int] = []


def next_serial() -> int:
    """The next serial of this process; a block is drawn outside any transaction's fate and never given twice."""
    with _lock:
        if not _taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT nextval('cases_case_serial') FROM generate_series(1, %s)", [BLOCK])
                _taken.extend(serial for (serial,) in reversed(cursor.fetchall()))
        return _taken.pop()
