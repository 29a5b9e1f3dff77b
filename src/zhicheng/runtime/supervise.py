"""Run services side by side: start in order, restart what dies, stop in reverse, leave nothing behind."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from zhicheng.runtime import processes
from zhicheng.runtime.service import Run, Service

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READY_POLL_S = 0.1
_IDLE_S = 5.0
_STRANGERS_GRACE_S = 5.0


class Supervisor:
    """Runs `services` until a signal asks it to stop; `report` receives one short line per event.

    A service starts when all before it in the list have been ready once. Call `run` from the main thread.
    """

    def __init__(self, services: Sequence[Service], report: Callable[[str], None]) -> None:
        self._runs = [Run(service) for service in services]
        self._report = report
        self._stop_requests = 0
        self._bystanders: set[int] = set()
        self._all_ready = False

    def run(self, on_ready: Callable[[], None] | None = None) -> int:
        """Return 0 after an orderly stop, 1 if a service never came up. `on_ready` is called when all did."""
        self._bystanders = processes.children()
        processes.adopt_orphans()
        with _wake_on_signals(self._on_signal) as wake:
            try:
                return self._supervise(wake, on_ready)
            finally:
                self._stop_all(wake)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop_requests += number in _STOP_SIGNALS

    def _supervise(self, wake: Callable[[float], None], on_ready: Callable[[], None] | None) -> int:
        while not self._stop_requests:
            now = time.monotonic()
            verdicts = [self._tend(run, now) for run in self._runs]
            if not all(verdicts):
                return 1
            processes.reap_orphans(self._known())
            self._start_due(now)
            if not self._all_ready and all(run.is_ready for run in self._runs):
                self._all_ready = True
                if on_ready:
                    on_ready()
            wake(self._seconds_to_next_event(time.monotonic()))
        return 0

    def _tend(self, run: Run, now: float) -> bool:
        """Look after one service. False if it has to be given up."""
        if run.has_ended():
            return self._after_end(run, now)
        if run.ask_ready():
            self._say(f"{run.service.name}: ready after {time.monotonic() - run.started_at:.1f} s")
        elif run.is_late(now):
            self._say(f"{run.service.name}: not ready in {run.service.ready_within_s:.0f} s, killing it")
            return self._after_end(run, now)
        return True

    def _after_end(self, run: Run, now: float) -> bool:
        ran_for_s = now - run.started_at
        status = run.clear_away()
        self._end_strangers()
        delay = run.plan_restart(now)
        what = f"{run.service.name}: {describe_exit(status)} after {ran_for_s:.1f} s"
        if delay is not None:
            self._say(f"{what}, starting again in {delay:.1f} s")
            return True
        log = f"; its log: {run.service.log_path}" if run.service.log_path else ""
        self._say(f"{what}, {run.history.failures} times without ever being ready: giving up{log}")
        return False

    def _start_due(self, now: float) -> None:
        for run in self._runs:
            if run.process is None and now >= run.start_due:
                run.start(now)
                if run.ask_ready():
                    self._say(f"{run.service.name}: started")
            if not run.history.ever_ready:
                return  # those after it wait for it

    def _seconds_to_next_event(self, now: float) -> float:
        waits = [_IDLE_S]
        for run in self._runs:
            if run.process is None:
                waits.append(max(0.0, run.start_due - now))
            elif not run.is_ready:
                waits.append(_READY_POLL_S)
            if not run.history.ever_ready:
                break
        return min(waits)

    def _stop_all(self, wake: Callable[[float], None]) -> None:
        for run in reversed(self._runs):
            if run.process is not None:
                self._stop(run, wake)
        self._end_strangers()

    def _stop(self, run: Run, wake: Callable[[float], None]) -> None:
        """Ask, wait for the grace, then kill. A second request to stop cuts the grace short."""
        assert run.process is not None
        started = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            os.kill(run.process.pid, run.service.stop_signal)
        while not run.has_ended() and self._stop_requests < 2:
            left_s = started + run.service.grace_s - time.monotonic()
            if left_s <= 0:
                break
            wake(left_s)
        was_clean = run.has_ended()
        run.clear_away()
        how = "stopped" if was_clean else "killed"
        self._say(f"{run.service.name}: {how} after {time.monotonic() - started:.1f} s")

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # a reader that went away, as in `| head`, must not end the services
            self._report(line)

    def _known(self) -> set[int]:
        return self._bystanders | {run.process.pid for run in self._runs if run.process}

    def _end_strangers(self) -> None:
        """Kill what dead services left behind. PostgreSQL's children leave their leader's session."""
        deadline = time.monotonic() + _STRANGERS_GRACE_S
        while processes.kill_strangers(self._known()) and time.monotonic() < deadline:
            time.sleep(0.02)


def describe_exit(status: int) -> str:
    """An exit status as `subprocess` states it, in words.

    >>> describe_exit(-9), describe_exit(3)
    ('killed by SIGKILL', 'exited with status 3')
    """
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exited with status {status}"


@contextlib.contextmanager
def _wake_on_signals(handler: Callable[[int, FrameType | None], None]) -> Iterator[Callable[[float], None]]:
    """Route signals to `handler` and yield a sleep that any of them, or a child's end, cuts short.

    The interpreter writes each signal to a pipe, so none is lost between looking and sleeping.
    """
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    # SIGHUP stays ignored under nohup.
    watched = [each for each in (*_STOP_SIGNALS, signal.SIGCHLD) if signal.getsignal(each) != signal.SIG_IGN]
    old_handlers = {each: signal.signal(each, handler) for each in watched}
    old_fd = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def wake(timeout_s: float) -> None:
        if select.select([reading], [], [], timeout_s)[0]:
            os.read(reading, 4096)

    try:
        yield wake
    finally:
        signal.set_wakeup_fd(old_fd)
        for number, old in old_handlers.items():
            signal.signal(number, old)
        os.close(reading)
        os.close(writing)
