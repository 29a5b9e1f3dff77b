"""Numbers of a sequence, taken in blocks: what a process does not use stays a gap."""

import threading
import time
from weakref import WeakSet

from django.db import connection

FOR_EVER = float("inf")


class Serials:
    """The numbers of one sequence for this process; a number is never given twice, whatever a transaction does.

    Drawing a block waits for the disk: the larger it is, the seldomer, and the more is lost with the process.
    What is left of a block after `lasts_s` seconds is given up where numbers have to follow time: keys do, since
    the newest record is the one with the highest.
    """

    def __init__(self, sequence: str, *, block: int, lasts_s: float = FOR_EVER) -> None:
        self._sequence, self._block, self._lasts_s = sequence, block, lasts_s
        self._lock = threading.Lock()
        self._taken: list[int] = []
        self._taken_at = 0.0
        _serials.add(self)

    def next(self) -> int:
        """The next number."""
        with self._lock:
            if not self._taken or time.monotonic() - self._taken_at > self._lasts_s:
                self._draw()
            return self._taken.pop()

    def _draw(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [self._sequence, self._block])
            self._taken = [number for (number,) in reversed(cursor.fetchall())]
        self._taken_at = time.monotonic()

    def forget(self) -> None:
        """Gives up what is left of the block."""
        with self._lock:
            self._taken.clear()


_serials: WeakSet[Serials] = WeakSet()


def forget_serials() -> None:
    """Gives up every number that this process holds: tests put another database in the place of theirs."""
    for each in _serials:
        each.forget()
