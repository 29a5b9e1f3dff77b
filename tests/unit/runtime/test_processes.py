import os
import signal
import sys
import time

import pytest

from zhicheng.runtime import processes

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
child.wait()
"""


@pytest.fixture
def family(tmp_path):
    """A process in a session of its own, and the number of its child."""
    log = tmp_path / "log"
    parent = processes.spawn([sys.executable, "-c", PARENT], env={}, log_path=log, death_signal=signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not log.read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    yield parent, int(log.read_text())
    processes.kill_group(parent.pid)
    parent.wait()


def is_sleeping(pid):
    """Whether the child of the family still runs, under whatever name its interpreter has."""
    status = processes._status(pid)
    return status is not None and status[2] not in "ZX"


def test_a_group_is_killed_after_its_leader_ended(family):
    parent, child = family
    os.kill(parent.pid, signal.SIGKILL)
    while not processes.has_ended(parent.pid):
        time.sleep(0.01)
    assert is_sleeping(child)
    processes.kill_group(parent.pid)
    deadline = time.monotonic() + 5
    while is_sleeping(child):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_ended_child_stays_nameable_until_reaped(family):
    parent, _ = family
    assert not processes.has_ended(parent.pid)
    assert parent.pid in processes.children()
    os.kill(parent.pid, signal.SIGKILL)
    while not processes.has_ended(parent.pid):
        time.sleep(0.01)
    assert parent.pid in processes.children()
    assert parent.wait() == -signal.SIGKILL


def test_a_number_alone_is_not_proof_of_life():
    assert not processes.is_alive(os.getpid(), "postgres")
    assert not processes.is_alive(2**22 + 1, "postgres")


def test_a_process_is_told_by_its_directory(tmp_path):
    assert processes.works_in(os.getpid(), tmp_path.cwd())
    assert not processes.works_in(os.getpid(), tmp_path)


def test_a_large_log_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LOG_BYTES", 10)
    log = tmp_path / "x.log"
    log.write_text("more than ten bytes")
    done = processes.spawn(
        [sys.executable, "-c", "print('new')"], env={}, log_path=log, death_signal=signal.SIGKILL
    )
    assert done.wait() == 0
    assert log.read_text() == "new\n"
    assert (tmp_path / "x.log.1").read_text() == "more than ten bytes"


@pytest.mark.parametrize("before", [None, 0o644])
def test_a_log_is_read_by_its_owner_alone(tmp_path, before):
    log = tmp_path / "log"
    if before is not None:
        log.write_text("earlier\n")
        log.chmod(before)
    processes.spawn([sys.executable, "-c", "print(1)"], env={}, log_path=log, death_signal=signal.SIGKILL).wait()
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.read_text().endswith("1\n")
