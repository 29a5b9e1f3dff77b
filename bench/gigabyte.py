"""A gigabyte sent to `zhicheng run`: as a photograph in the citizen's form, as JSON, and without a stated length.

Says what each was answered, how much memory the web server needed at most beyond what it held before, and how much
of it ever lay on the disk. `--json` writes the same as a file.
"""

import argparse
import http.client
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from deployment import Deployment, temporary_deployment
from load import KEY, PHONE
from portal_form import browser, complaint_requests
from process_tree import child_named, descendants

CITY = "zaozhuang"
MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
BEGINS = b"\xff\xd8\xff\xe0"
"""As a photograph does."""
NO_FILE = b'filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
NAME = "wall.jpg"


@dataclass
class Watch:
    """What the web server needs beyond what it needed when the watch began, in bytes."""

    pids: set[int]
    folders: tuple[Path, ...]
    memory: int = 0
    disk: int = 0
    _held: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._held = self._peak(), self._stored()

    def look(self) -> None:
        """Measures again; the most that was seen stays."""
        self.memory = max(self.memory, self._peak() - self._held[0])
        self.disk = max(self.disk, self._stored() - self._held[1])

    def _peak(self) -> int:
        statuses = (Path(f"/proc/{pid}/status").read_text() for pid in self.pids)
        return sum(int(found[1]) for one in statuses if (found := re.search(r"VmHWM:\s+(\d+) kB", one))) * 1024

    def _stored(self) -> int:
        held = 0
        for path in (path for folder in self.folders for path in folder.rglob("*")):
            with suppress(FileNotFoundError):
                held += path.stat().st_blocks * 512
        return held


def main() -> None:
    """Sends all three and prints what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with temporary_deployment() as deployment:
        report = measured(deployment)
    text = json.dumps(report, indent=1, ensure_ascii=False)
    print(text)
    if options.json:
        options.json.write_text(text, encoding="utf-8")


def measured(deployment: Deployment) -> dict[str, Any]:
    """Starts the server and sends a gigabyte in three ways."""
    arriving = deployment.home.path / "arriving"
    arriving.mkdir()
    deployment.env["TMPDIR"] = str(arriving)
    deployment.start()
    form = form_of(deployment.port)
    return {
        "photograph": sent(deployment, arriving, form, photograph(form)),
        "json": sent(deployment, arriving, JSON_HEAD, gigabyte(b" ")),
        "without_length": sent(deployment, arriving, form.replace(b"Content-Length", b"X-Length"), chunked(form)),
        "left_on_disk": sum(1 for one in arriving.rglob("*") if one.is_file()),
    }  # fmt: skip


JSON_HEAD = (
    f"POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Accept-Language: zh-CN\r\nContent-Length: {GIGABYTE}\r\n\r\n"
).encode()


def form_of(port: int) -> bytes:
    """A complaint as a browser sends it, with a key of its own and no photograph."""
    (form, *_) = complaint_requests(browser(port), CITY)
    return form.replace(KEY, str(uuid4()).encode()).replace(PHONE, b"13800000000")


def photograph(form: bytes) -> Iterator[bytes]:
    """The body of the form with a photograph of a gigabyte in the place of none."""
    before, after = form.partition(b"\r\n\r\n")[2].split(NO_FILE)
    yield before + f'filename="{NAME}"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + BEGINS
    yield from gigabyte(os.urandom(1), len(BEGINS))
    yield after


def chunked(form: bytes) -> Iterator[bytes]:
    """The same body in the pieces of HTTP that state no length."""
    for piece in photograph(form):
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


def gigabyte(of: bytes, less: int = 0) -> Iterator[bytes]:
    """A gigabyte in pieces of one megabyte, the last a little smaller."""
    block = of * MEGABYTE
    for _ in range(GIGABYTE // MEGABYTE - 1):
        yield block
    yield block[less:]


def sent(deployment: Deployment, arriving: Path, head: bytes, body: Iterator[bytes]) -> dict[str, Any]:
    """Sends one request, measuring meanwhile; what was answered, and what it cost."""
    main = child_named(deployment.pid, "granian").pid
    watch = Watch({main, *descendants(main)}, (arriving, deployment.home.path / "files"))
    started, given = time.monotonic(), 0
    connection = http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=180)
    connection.connect()
    with suppress(ConnectionError):
        connection.send(_with_length(head))
        for piece in body:
            connection.send(piece)
            given += len(piece)
            watch.look()
    status, page = _answer(connection)
    watch.look()
    return {
        "status": status, "sent_mb": given // MEGABYTE, "seconds": round(time.monotonic() - started, 1),
        "memory_mb": round(watch.memory / MEGABYTE, 1), "disk_mb": round(watch.disk / MEGABYTE, 1),
        "said": re.findall(f"“{NAME}”[^<]*", page)[:1], "kept": "王晓明" in page,
        "answers_afterwards": _answers(deployment.port),
    }  # fmt: skip


def _with_length(head: bytes) -> bytes:
    """The head of a request, its length that of the form with a gigabyte in it."""
    head, ends, body = head.partition(b"\r\n\r\n")
    if body:
        added = len(f'filename="{NAME}"\r\nContent-Type: image/jpeg\r\n\r\n') - len(NO_FILE) + GIGABYTE
        head = re.sub(rb"\nContent-Length: \d+", f"\nContent-Length: {len(body) + added}".encode(), head)
        head = head.replace(b"\r\nX-Length", b"\r\nTransfer-Encoding: chunked\r\nX-Length")
    return head + ends


def _answer(connection: http.client.HTTPConnection) -> tuple[int, str]:
    """Status and page; 0 if the server hung up without a word."""
    assert connection.sock is not None
    response = http.client.HTTPResponse(connection.sock, method="POST")
    try:
        response.begin()
        return response.status, response.read().decode("utf-8", "replace")
    except (ConnectionError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/healthz")
    return connection.getresponse().status == 200


if __name__ == "__main__":
    main()
