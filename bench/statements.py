"""What one complaint costs without a server: `ZHICHENG_HOME=… python bench/statements.py`, the home set up before.

Prints its statements and the processor time of program and database. `--list` shows each statement, `--profile`
where the program's time goes.
"""

import argparse
import cProfile
import io
import os
import pstats
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.config.settings")
os.environ.setdefault("ZHICHENG_COMPLAINTS_PER_HOUR", str(10**9))  # counted, but nobody is held back

from django.db import connection
from django.test.utils import CaptureQueriesContext

from load import fresh_request
from portal_form import TEMPLATES, complaint_requests
from zhicheng.config.wsgi import application

CITY = "zaozhuang"
BATCHES, COMPLAINTS_A_BATCH = 9, 40


def main() -> None:
    """Sends complaints through the WSGI application of this process and prints what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    from django.conf import settings

    with settings.EMBEDDED.running():
        send = _sender()
        for _ in range(TEMPLATES + 1):  # until every place is known and a block of serials begun
            send()
        with CaptureQueriesContext(connection) as captured:
            send()
        print(f"{len(captured)} statements, BEGIN and COMMIT among them")
        if options.list:
            for one in captured.captured_queries:
                print("  ", " ".join((one["sql"] or "(one that is planned already)").split())[:150])
        _print_times(send)
        if options.profile:
            _profile(send)
        connection.close()


def _sender() -> Callable[[], None]:
    templates, keys, turn = complaint_requests(_fetch, CITY), random.Random(time.time_ns()), [0]

    def send() -> None:
        turn[0] += 1
        head, _, body = fresh_request(templates[turn[0] % len(templates)], keys).partition(b"\r\n\r\n")
        status, _, answer = _ask(head.decode(), body)
        if not status.startswith("201"):
            raise RuntimeError(f"{status}: {answer[:2000]}")

    return send


def _print_times(send: Callable[[], None]) -> None:
    """Medians over batches, so that what else runs on the machine disturbs little."""
    program, database = [], []
    for _ in range(BATCHES):
        before, backend_before = time.process_time(), _backend_seconds()
        for _ in range(COMPLAINTS_A_BATCH):
            send()
        program.append((time.process_time() - before) / COMPLAINTS_A_BATCH * 1000)
        database.append((_backend_seconds() - backend_before) / COMPLAINTS_A_BATCH * 1000)
    print(f"processor time a complaint: program {statistics.median(program):.2f} ms, "
          f"database {statistics.median(database):.2f} ms")  # fmt: skip


def _backend_seconds() -> float:
    """The processor time of this connection's server process."""
    assert connection.connection is not None
    nanoseconds = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return int(nanoseconds) / 1e9


def _profile(send: Callable[[], None]) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(COMPLAINTS_A_BATCH):
        send()
    profile.disable()
    pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


def _fetch(path: str) -> tuple[str, str]:
    status, cookies, page = _ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1", b"")
    assert status.startswith("200"), status
    return page, cookies


def _ask(head: str, body: bytes) -> tuple[str, str, str]:
    """One request to the application: status, cookies, page."""
    (method, target, _), *lines = (
        line.split(" ", 2) if not n else line for n, line in enumerate(head.split("\r\n"))
    )
    path, _, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    for name, value in (line.split(": ", 1) for line in lines):
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    answered: list[tuple[str, list[tuple[str, str]]]] = []
    response = application(environ, lambda status, headers, _=None: answered.append((status, headers)))
    page = b"".join(response).decode()
    response.close()
    status, headers = answered[0]
    cookies = "; ".join(value.split(";")[0] for name, value in headers if name.lower() == "set-cookie")
    return status, cookies, page


if __name__ == "__main__":
    main()
