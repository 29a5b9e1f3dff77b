"""Starting and ending child processes so that none outlives its purpose.

On Linux a child is told by the kernel when we die, and orphans of our children are handed to us. Elsewhere
only process groups are used, which covers everything but a `kill -9` of ourselves.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from zhicheng.runtime.account import Account

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
LOG_BYTES = 10_000_000


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    log_path: Path | None,
    death_signal: signal.Signals,
    account: Account | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own; the kernel sends it `death_signal` if this thread ends.

    Output goes to `log_path`, or to our own output if that is None.
    """
    extra: dict[str, Any] = account.popen_arguments() if account else {}
    with contextlib.ExitStack() as stack:
        log: IO[bytes] | None = stack.enter_context(_open_log(log_path)) if log_path else None
        return subprocess.Popen(  # noqa: S603 - argument vectors come from our own service list
            list(argv),
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
            preexec_fn=_die_with_parent(death_signal),
            **extra,
        )


def _open_log(path: Path) -> IO[bytes]:
    """Append to `path`, which its owner alone reads.

    A log that has grown past `LOG_BYTES` is first put aside, one generation.
    """
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LOG_BYTES:
            path.replace(path.with_name(path.name + ".1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with contextlib.suppress(PermissionError):  # somebody else's file
        os.fchmod(descriptor, 0o600)  # a log of an earlier version could be read by everybody
    return open(descriptor, "ab")


def _prctl() -> Callable[..., int] | None:
    if sys.platform != "linux":
        return None
    function: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
    return function


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """A hook for the child between fork and exec. All is looked up before the fork, where it is safe."""
    prctl = _prctl()
    parent = os.getpid()

    def arm() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:  # we died in between: the signal will not come
                os._exit(1)

    return arm


def adopt_orphans() -> bool:
    """Become the parent of descendants whose own parent dies. False where the system has no such thing."""
    prctl = _prctl()
    return prctl is not None and prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def children() -> set[int]:
    """Process ids of our living or unreaped children, by /proc; empty where there is none."""
    ours = os.getpid()
    return {pid for pid in _all_pids() if (status := _status(pid)) and status[1] == ours}


def is_alive(pid: int, program: str) -> bool:
    """Whether `pid` runs `program`. Process ids are reused after a reboot, so a number alone says little."""
    if not Path("/proc/self/stat").exists():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, 0)
            return True
        return False
    status = _status(pid)
    return status is not None and status[0] == program and status[2] not in "ZX"


def works_in(pid: int, directory: Path) -> bool:
    """Whether the process has `directory` as its own; True where the system does not tell."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory
    except OSError:
        return True


def _all_pids() -> list[int]:
    with contextlib.suppress(FileNotFoundError):
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return []


def _status(pid: int) -> tuple[str, int, str] | None:
    """Program name, parent and state letter of a process, or None if it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    name, _, rest = text.partition("(")[2].rpartition(")")
    state, parent = rest.split()[:2]
    return name, int(parent), state


def kill_group(leader: int) -> None:
    """Kill the session `leader` opened. Call it before reaping the leader: until then its number is ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def kill_strangers(known: Collection[int]) -> int:
    """Kill and reap children of ours that nobody listed: orphans handed to us. Returns how many were left."""
    strangers = children() - set(known)
    for pid in strangers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    return len(strangers)


def reap_orphans(known: Collection[int]) -> None:
    """Take note of handed-over children that ended by themselves; `known` ones are left to their owner."""
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid in known:
                return
            os.waitpid(ended.si_pid, 0)


def has_ended(pid: int) -> bool:
    """Whether our child has ended; it stays unreaped, so that its process group can still be named."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True
