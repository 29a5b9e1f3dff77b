"""A throw-away server for tests."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zhicheng.runtime.home import Home
from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres

_MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - directories in it get random names
_ENOUGH_BYTES = 2_000_000_000


def new_temporary_home() -> Home:
    """An empty home that other accounts may pass through; in memory if there is plenty (ten times faster)."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(_MEMORY_DISK).free >= _ENOUGH_BYTES:
            return _home_in(str(_MEMORY_DISK))
    return _home_in(tempfile.gettempdir())


def _home_in(directory: str) -> Home:
    home = Home(Path(tempfile.mkdtemp(prefix="zhicheng-test-", dir=directory)))
    home.prepare()
    return home


@contextlib.contextmanager
def temporary_server() -> Iterator[EmbeddedPostgres]:
    """A running server in a home of its own, gone with the block; not durable."""
    home = new_temporary_home()
    server = EmbeddedPostgres(home, for_tests=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        remove_home(home)
