"""A supervisor in a process of its own, with a real database and a dummy service beside it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from integration.runtime.process_table import descendants, eventually, gone
from zhicheng.runtime.home import Home
from zhicheng.runtime.postgres import EmbeddedPostgres

SUPERVISOR = """
import sys
from pathlib import Path
from zhicheng.runtime.home import Home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.service import Service
from zhicheng.runtime.supervise import Supervisor

server = EmbeddedPostgres(Home(Path(sys.argv[1])), for_tests=True)
server.ensure_initialised()
dummy = Service("dummy", (sys.executable, "-c", sys.argv[2], sys.argv[1]), env={})
say = lambda line: print(line, flush=True)
sys.exit(Supervisor([server.service(), dummy], say).run(on_ready=lambda: say("all ready")))
"""
# Writes its own number and that of a child that outlives it unless somebody sees to it.
DUMMY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
path = os.path.join(sys.argv[1], "dummy")
open(path + ".new", "w").write(f"{os.getpid()} {child.pid}")
os.rename(path + ".new", path)
time.sleep(600)
"""


class Supervised:
    """A supervisor started on a home, and what a test wants to know of it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.server = EmbeddedPostgres(home, for_tests=True)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(home.path), DUMMY],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        self.lines: list[str] = []
        self.read_until("all ready")
        eventually(lambda: (home.path / "dummy").exists())

    def read_until(self, text: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if text in line:
                return
        raise AssertionError(f"{text!r} never came; lines were {self.lines}")

    def postmaster(self) -> int:
        return int((self.home.pgdata / "postmaster.pid").read_text().split()[0])

    def dummy(self) -> tuple[int, int]:
        leader, child = (self.home.path / "dummy").read_text().split()
        return int(leader), int(child)

    def everything(self) -> set[int]:
        """The supervisor's descendants."""
        return descendants(self.process.pid)


pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@pytest.fixture
def supervised(home):
    supervised = Supervised(home)
    yield supervised
    if supervised.process.poll() is None:
        supervised.process.terminate()
        supervised.process.wait(timeout=20)
    supervised.process.stdout.close()


def test_what_is_killed_comes_back_and_a_stop_leaves_nothing(supervised):
    dummy, child = supervised.dummy()
    old = supervised.postmaster()
    with contextlib.closing(psycopg.connect(supervised.server.dsn())) as busy:
        # A computing backend does not notice that its postmaster died; it must not hold up the restart.
        busy.pgconn.send_query(b"SELECT count(n) FROM (SELECT generate_series(1, 30000000000) AS n) AS s")
        killed_at = time.monotonic()
        os.kill(old, signal.SIGKILL)
        supervised.read_until("database: killed by SIGKILL")
        supervised.read_until("database: ready")
    assert time.monotonic() - killed_at < 60, "the query takes an hour"
    assert supervised.postmaster() != old
    assert supervised.server.is_ready()
    assert supervised.dummy() == (dummy, child)

    os.kill(dummy, signal.SIGKILL)
    eventually(lambda: supervised.dummy()[0] != dummy)
    eventually(lambda: gone({dummy, child}))

    everything = supervised.everything()
    assert len(everything) > 3
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.process.wait(timeout=20) == 0
    assert gone(everything)
    supervised.lines += supervised.process.stdout.read().splitlines()
    assert [line.split(" after")[0] for line in supervised.lines[-2:]] == [
        "dummy: stopped",
        "database: stopped",
    ]


def test_a_killed_supervisor_takes_all_services_along(supervised):
    leaders = {supervised.postmaster(), supervised.dummy()[0]}
    supervised.process.kill()
    supervised.process.wait()
    eventually(lambda: gone(leaders))
    os.kill(supervised.dummy()[1], signal.SIGKILL)  # a child of the dummy is the dummy's own affair


def test_ctrl_c_stops_cleanly(supervised):
    everything = supervised.everything()
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.process.wait(timeout=20) == 0
    assert gone(everything)
    log = (supervised.home.log_dir / "database.log").read_text()
    assert "received fast shutdown request" in log
    assert "database system is shut down" in log


def test_a_reader_that_went_away_ends_nothing(supervised):
    everything = supervised.everything()
    supervised.process.stdout.close()
    old = supervised.postmaster()
    os.kill(old, signal.SIGKILL)
    eventually(lambda: gone({old}) and supervised.server.is_ready())
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.process.wait(timeout=20) == 0
    assert gone(everything)


def test_a_service_that_never_comes_up_is_given_up_with_its_log(tmp_path):
    script = """
import sys
from pathlib import Path
from zhicheng.runtime.restart import RestartPolicy
from zhicheng.runtime.service import Service
from zhicheng.runtime.supervise import Supervisor
quick = RestartPolicy(first_delay_s=0.01, tries_before_ready=3)
first = Service("first", (sys.executable, "-c", "import time; time.sleep(600)"), env={})
broken = Service("broken", (sys.executable, "-c", "raise SystemExit('no licence')"), env={},
    is_ready=lambda pid: False, restart=quick, log_path=Path(sys.argv[1]))
sys.exit(Supervisor([first, broken], print).run())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "broken.log")],
        capture_output=True, text=True, timeout=20, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "3 times without ever being ready: giving up" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("first: stopped")
    assert (tmp_path / "broken.log").read_text().count("no licence") == 3
