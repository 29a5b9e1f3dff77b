"""A deployment of its own for a measurement: a new home on a real disk, set up and run as anybody would."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhicheng.config.environment import Environment
from zhicheng.runtime.home import Home
from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.secrets import Secrets

DISK = Path("/var/tmp")  # noqa: S108 - kept over a restart, so never in memory: an fsync there costs what it costs
READY_WITHIN_S = 60.0


COUNTED_WITHOUT_END = str(10**9)
"""One machine sends everything: complaints are counted as ever, against a limit that it does not reach."""


class Deployment:
    """`zhicheng run` on a free port of the loopback; `events` holds its lines, each with a monotonic time."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.port = free_port()
        self.env = _clean_environment() | {
            "ZHICHENG_HOME": str(home.path), "ZHICHENG_COMPLAINTS_PER_HOUR": COUNTED_WITHOUT_END,
        }  # fmt: skip
        self.events: list[tuple[float, str]] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The process of `zhicheng run`."""
        assert self._process is not None
        return self._process.pid

    def zhicheng(self, *arguments: str) -> str:
        """Runs one command on this home to its end; gives its output. Raises RuntimeError with it if it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "zhicheng", *arguments],
            env=self.env, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"zhicheng {' '.join(arguments)}: status {done.returncode}\n{done.stdout}")
        return done.stdout

    def database(self) -> EmbeddedPostgres:
        """The embedded server of this home, for its addresses."""
        return EmbeddedPostgres(self.home, Secrets.load_or_create(self.home))

    def start(self, *options: str) -> None:
        """Starts `zhicheng run`; returns when it says where it is."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "zhicheng", "run", "--port", str(self.port), *options],
            env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for("Zhicheng is at", READY_WITHIN_S)

    def wait_for(self, text: str, timeout_s: float, since: int = 0) -> float:
        """The moment of the first event from number `since` on that holds `text`; raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            found = next((at for at, line in self.events[since:] if text in line), None)
            if found is not None:
                return found
            if self._process is None or self._process.poll() is not None:
                break
            time.sleep(0.02)
        lines = "\n".join(line for _, line in self.events)
        raise TimeoutError(f"{text!r} did not come in {timeout_s:.0f} s; lines were:\n{lines}")

    def stop(self) -> int:
        """Asks it to stop as Ctrl-C does; its exit status."""
        assert self._process is not None
        self._process.terminate()
        status = self._process.wait(timeout=40)
        if self._reader:
            self._reader.join(timeout=5)
        return status

    def end(self) -> None:
        """Stops what still runs, however a measurement ended."""
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.events.append((time.monotonic(), line.strip()))


@contextmanager
def temporary_deployment() -> Iterator[Deployment]:
    """A deployment that is set up and not started; stopped and removed with the block."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that what was started is stopped too
    home = Home(Path(tempfile.mkdtemp(prefix="zhicheng-bench-", dir=DISK)))
    deployment = Deployment(home)
    try:
        home.prepare()
        deployment.zhicheng("setup")
        yield deployment
    finally:
        deployment.end()
        remove_home(home)
        shutil.rmtree(home.path, ignore_errors=True)


def free_port() -> int:
    """A port of the loopback on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _clean_environment() -> dict[str, str]:
    """The environment without any setting of whoever measures."""
    settings = {name.upper() for name in Environment.model_fields}
    return {name: value for name, value in os.environ.items() if name not in settings}
