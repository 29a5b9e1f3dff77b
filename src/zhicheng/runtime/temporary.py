"""A throw-away server for tests."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zhicheng.runtime.home import Home
from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres


@contextlib.contextmanager
def temporary_server() -> Iterator[EmbeddedPostgres]:
    """A running throw-away server in a home of its own, gone with the block; not durable, for tests."""
    path = Path(tempfile.mkdtemp(prefix="zhicheng-test-"))
    server = EmbeddedPostgres(Home(path), for_tests=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        remove_home(server.home)
