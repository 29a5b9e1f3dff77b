"""A cheap load: requests written beforehand, a few kept connections, one thread each."""

import random
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

KEY = b"00000000-0000-4000-8000-000000000000"
"""Stands for the request key where a request is written beforehand."""
PHONE = b"13800000000"
"""Stands for the reporter's number."""
TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Load:
    """What was sent in one go: answers with the expected status, and the time they took together."""

    answered: int
    refused: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Accepted requests a second."""
        return self.answered / self.seconds


def post(
    *, port: int, templates: Sequence[bytes], count: int, connections: int, seconds: float, seed: int
) -> Load:
    """Sends `count` requests, or as many as fit into `seconds`, and counts the answers with status 201."""
    keys = random.Random(seed)
    requests = [fresh_request(templates[place % len(templates)], keys) for place in range(count)]
    waiting = iter(requests)
    lock, statuses = threading.Lock(), [0, 0]
    started = time.perf_counter()

    def work() -> None:
        with Connection(port) as connection:
            while time.perf_counter() - started < seconds:
                with lock:
                    request = next(waiting, None)
                if request is None:
                    return
                status, _ = connection.ask(request)
                with lock:
                    statuses[status != 201] += 1

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(statuses[0], statuses[1], time.perf_counter() - started)


class Connection:
    """One kept connection to the server on the loopback. Raises OSError when it breaks."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the socket."""
        self._socket.close()

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Sends one request; the status and the whole answer, head included."""
        self._socket.sendall(request)
        answer = self._more(b"")
        while (head_end := answer.find(b"\r\n\r\n")) < 0:
            answer = self._more(answer)
        head = answer[:head_end].lower()
        _, found, rest = head.partition(b"content-length:")
        if not found:
            raise ConnectionError("the answer states no length")
        whole = head_end + 4 + int(rest.split(b"\r\n", 1)[0])
        while len(answer) < whole:
            answer = self._more(answer)
        return int(answer[9:12]), answer

    def _more(self, answer: bytes) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the server closed the connection")
        return answer + received


def fresh_request(template: bytes, keys: random.Random) -> bytes:
    """`template` with a request key and a telephone number of its own."""
    key = str(UUID(int=keys.getrandbits(128), version=4)).encode()
    phone = b"138%08d" % keys.randrange(10**8)
    return template.replace(KEY, key).replace(PHONE, phone)
