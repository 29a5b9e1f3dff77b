"""What the supervisor needs to know of a program, and the state of one that it runs."""

import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhicheng.runtime import processes
from zhicheng.runtime.account import Account
from zhicheng.runtime.restart import History, RestartPolicy, after_exit


def at_once(pid: int) -> bool:
    """The ready check of a service that has nothing to wait for."""
    return True


def nothing() -> None:
    """What to do before a start that needs no preparation."""


@dataclass(frozen=True, slots=True)
class Service:
    """A named program. Times are in seconds.

    `is_ready` is given the process id and must answer within about a second; where it can, it makes sure that
    it was this process that answered, and not another one in its place.
    `stop_signal` asks it to end; after `grace_s` its whole session is killed. `death_signal` is what the
    kernel sends if the supervisor itself is killed (default: the stop signal).
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)
    is_ready: Callable[[int], bool] = at_once
    before_start: Callable[[], None] = nothing
    ready_within_s: float = 60.0
    restart: RestartPolicy = field(default_factory=RestartPolicy)
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals | None = None
    grace_s: float = 15.0
    log_path: Path | None = None
    account: Account | None = None
    cwd: Path | None = None


@dataclass(slots=True)
class Run:
    """One service under supervision: its process if it has one, and when it may start again."""

    service: Service
    history: History = field(default_factory=History)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_due: float = 0.0
    is_ready: bool = False

    def start(self, now: float) -> None:
        """Start the program; `now` is monotonic time."""
        service = self.service
        service.before_start()
        self.process = processes.spawn(
            service.argv,
            env=service.env,
            log_path=service.log_path,
            death_signal=service.death_signal or service.stop_signal,
            account=service.account,
            cwd=service.cwd,
        )
        self.started_at, self.is_ready = now, False

    def ask_ready(self) -> bool:
        """Put the ready check once; True only the first time it succeeds after a start."""
        if self.process is None or self.is_ready or not self.service.is_ready(self.process.pid):
            return False
        self.is_ready = True
        self.history = self.history.became_ready()
        return True

    def is_late(self, now: float) -> bool:
        """Whether it runs but did not become ready in its time."""
        running = self.process is not None and not self.is_ready
        return running and now - self.started_at > self.service.ready_within_s

    def has_ended(self) -> bool:
        """Whether its process ended and is not yet cleared away."""
        return self.process is not None and processes.has_ended(self.process.pid)

    def clear_away(self) -> int:
        """Kill what is left of the session and reap the leader; its exit status as `subprocess` states it."""
        assert self.process is not None
        processes.kill_group(self.process.pid)
        status = self.process.wait()
        self.process, self.is_ready = None, False
        return status

    def plan_restart(self, now: float) -> float | None:
        """Seconds until the next start, or None to give up."""
        self.history, delay = after_exit(self.service.restart, self.history, ran_for_s=now - self.started_at)
        self.start_due = now + (delay or 0.0)
        return delay
