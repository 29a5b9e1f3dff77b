"""Clients that do not give up: each sends its complaint with one request key until it is acknowledged."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from load import Connection, fresh_request

PAUSE_S = 0.2
GIVE_UP_AFTER_S = 90.0
SENT_AGAIN = 0.05
"""The share of acknowledged complaints that is sent once more, as by a browser that never saw the answer."""
_SHOWN = re.compile(rb'class="zc-code">([^<]+)<')


@dataclass
class Record:
    """What the clients saw; `waits_s` is how long each complaint took from its first try to its receipt."""

    receipts: list[tuple[str, str]] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    retries: Counter[str] = field(default_factory=Counter)
    sent_again: int = 0
    changed: list[str] = field(default_factory=list)


class Clients:
    """`count` complaints from a few clients at once, at most `rate` a second. `record` grows while they run."""

    def __init__(
        self, port: int, templates: Sequence[bytes], *, count: int, clients: int, rate: float, seed: int
    ) -> None:
        self.record = Record()
        self.failures: list[Exception] = []
        self._port, self._count = port, count
        self._every_s = clients / rate
        keys = random.Random(seed)
        self._requests = iter([fresh_request(templates[n % len(templates)], keys) for n in range(count)])
        self._again = random.Random(seed + 1)
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(clients)]

    def start(self) -> None:
        """Lets them begin."""
        for thread in self._threads:
            thread.start()

    def wait_for(self, share: float) -> None:
        """Returns when that share of the complaints is acknowledged; raises what a client failed with."""
        while len(self.record.receipts) < share * self._count and self.is_busy:
            time.sleep(0.02)
        if self.failures:
            raise self.failures[0]

    @property
    def is_busy(self) -> bool:
        """Whether anybody is still sending."""
        return any(thread.is_alive() for thread in self._threads)

    def finish(self) -> Record:
        """Waits for the last of them."""
        for thread in self._threads:
            thread.join()
        if self.failures:
            raise self.failures[0]
        return self.record

    def _work(self) -> None:
        line = _Line(self._port)
        try:
            while (request := self._next()) is not None:
                began = time.monotonic()
                self._complain(line, request)
                time.sleep(max(0.0, began + self._every_s - time.monotonic()))
        except Exception as error:
            self.failures.append(error)
        finally:
            line.drop()

    def _next(self) -> bytes | None:
        with self._lock:
            return next(self._requests, None)

    def _complain(self, line: "_Line", request: bytes) -> None:
        started = time.monotonic()
        receipt = self._until_acknowledged(line, request)
        with self._lock:
            self.record.receipts.append(receipt)
            self.record.waits_s.append(time.monotonic() - started)
            again = self._again.random() < SENT_AGAIN
        if again:
            repeated = self._until_acknowledged(line, request)
            with self._lock:
                self.record.sent_again += 1
                if repeated != receipt:
                    self.record.changed.append(f"{receipt} became {repeated}")

    def _until_acknowledged(self, line: "_Line", request: bytes) -> tuple[str, str]:
        """Number and secret of the receipt."""
        deadline = time.monotonic() + GIVE_UP_AFTER_S
        while time.monotonic() < deadline:
            try:
                status, answer = line.ask(request)
            except OSError as error:
                status, answer = 0, type(error).__name__.encode()
            if status == 201:
                number, secret = _SHOWN.findall(answer)
                return number.decode(), secret.decode()
            if 400 <= status < 500:
                raise RuntimeError(f"the form was refused with {status}:\n{answer.decode()[:3000]}")
            with self._lock:
                self.record.retries[f"status {status}" if status else answer.decode()] += 1
            line.drop()
            time.sleep(PAUSE_S)
        raise TimeoutError(f"not acknowledged in {GIVE_UP_AFTER_S:.0f} s")


class _Line:
    """A connection that is made when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: Connection | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = Connection(self._port)
        return self._connection.ask(request)

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
