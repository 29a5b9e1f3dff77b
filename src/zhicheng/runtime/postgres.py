"""The embedded PostgreSQL server of one home: found, initialised, started and stopped by ourselves."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import psycopg

from zhicheng.runtime import processes
from zhicheng.runtime.account import server_account
from zhicheng.runtime.binaries import Binaries, find_binaries, reachable
from zhicheng.runtime.cluster import APP_ROLE, DATABASE, OWNER_ROLE, Cluster, server_environment
from zhicheng.runtime.database_url import DatabaseAddress
from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.home import SOCKET_NAME, Home
from zhicheng.runtime.placement import place
from zhicheng.runtime.restart import RestartPolicy
from zhicheng.runtime.secrets import Secrets
from zhicheng.runtime.service import Service

_RETRY_S = 0.2
_POLL_S = 0.02
_STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
# After a kill the dead server's children hold its shared memory for a moment: then it is enough to try again.
_STILL_HELD = ("shared memory block", "lock file")


class PostgresError(RuntimeFault):
    """The embedded server cannot be made ready; the message says why and quotes its log."""


class EmbeddedPostgres:
    """One server per home, reached over a Unix socket by two roles with passwords from the secrets file."""

    def __init__(self, home: Home, secrets: Secrets | None = None, *, for_tests: bool = False) -> None:
        """`for_tests` trades durability for speed: only for data that may be lost."""
        self.home = home
        self.secrets = secrets or Secrets.load_or_create(home)
        self.for_tests = for_tests
        self._process: subprocess.Popen[bytes] | None = None
        self._cluster: Cluster | None = None

    def dsn(self, role: str = APP_ROLE, dbname: str = DATABASE) -> str:
        """A `postgresql://` URL with password for OWNER_ROLE or APP_ROLE."""
        passwords = {OWNER_ROLE: self.secrets.owner_password, APP_ROLE: self.secrets.app_password}
        host = str(self.home.socket_dir)
        return DatabaseAddress(user=role, name=dbname, password=passwords[role], host=host).format()

    def ensure_initialised(self) -> None:
        """Make data directory, roles and database if absent, and update settings. Cheap when all is there."""
        with self._lock():
            self._prepare()

    def start(self, timeout_s: float = 60.0) -> None:
        """Start the server for as long as the calling thread lives, unless it runs already."""
        deadline = time.monotonic() + timeout_s
        with self._lock():
            if not self._comes_up(deadline):
                self._prepare()
                self._launch(deadline)

    def stop(self) -> None:
        """Stop the server, whoever started it: politely, then firmly. Returns when it is gone."""
        for number, patience_s in _STOP_STEPS:
            pid = self._postmaster_pid()
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            _wait_until(lambda: not self.is_running(), patience_s)
        if self._process is not None:
            self._process.wait()
            self._process = None

    def is_running(self) -> bool:
        """Whether a postmaster holds the data directory; it may still be starting."""
        return self._postmaster_pid() is not None

    def is_ready(self) -> bool:
        """Whether the application's role can log in and read."""
        try:
            with psycopg.connect(self.dsn(), connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def wait_ready(self, timeout_s: float = 60.0) -> None:
        """Wait until `is_ready`. Raises PostgresError with the log's last lines."""
        if not _wait_until(self.is_ready, timeout_s):
            raise PostgresError(f"PostgreSQL did not become ready in {timeout_s:.0f} s\n{self._log_tail()}")

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Have the server run inside the block; stop it afterwards only if it was started here."""
        was_running = self.is_running()
        self.start()
        try:
            yield
        finally:
            if not was_running:
                self.stop()

    def service(self) -> Service:
        """The server in the foreground, for the supervisor. Call `ensure_initialised` first."""
        cluster = self._located_cluster()
        return Service(
            name="database",
            argv=self._argv(cluster),
            env=server_environment(),
            is_ready=lambda pid: self._postmaster_pid() == pid and self.is_ready(),
            before_start=self._clear_stale_lock,
            restart=RestartPolicy(first_delay_s=_RETRY_S, quick_tries=60, tries_before_ready=60),
            stop_signal=signal.SIGINT,  # fast shutdown: disconnects clients, writes a checkpoint
            grace_s=30.0,
            log_path=self.home.log_dir / "database.log",
            account=cluster.account,
            cwd=self.home.pgdata.parent,
        )

    def _prepare(self) -> None:
        """Under the lock: place, create, mend and configure the data directory."""
        place(self.home, server_account())
        cluster = self._located_cluster()
        if not (self.home.pgdata / "PG_VERSION").exists():
            cluster.create(self.secrets)
        if not self.is_running():
            cluster.configure()
            self._clear_stale_lock()
            cluster.mend_roles(self.secrets)

    def _located_cluster(self) -> Cluster:
        if self._cluster is None:
            account = server_account()
            version = self.home.pgdata / "PG_VERSION"
            major = int(version.read_text(encoding="ascii")) if version.exists() else None
            binaries: Binaries = reachable(find_binaries(major), account)
            self._cluster = Cluster(self.home, binaries, account, for_tests=self.for_tests)
        return self._cluster

    def _argv(self, cluster: Cluster) -> tuple[str, ...]:
        return (cluster.binaries.program("postgres"), "-D", str(self.home.pgdata))

    def _comes_up(self, deadline: float) -> bool:
        """Whether a server that runs already gets ready; False as soon as none runs, as just after a kill."""
        _wait_until(lambda: not self.is_running() or self.is_ready(), deadline - time.monotonic())
        return self.is_running() and self.is_ready()

    def _launch(self, deadline: float) -> None:
        """Start the postmaster; while a killed predecessor's children hold on, try again."""
        while True:
            words = self._try_launch(deadline)
            if words is None:
                return
            if time.monotonic() >= deadline or not any(each in words for each in _STILL_HELD):
                raise PostgresError(f"PostgreSQL did not start:\n{words}")
            time.sleep(_RETRY_S)

    def _try_launch(self, deadline: float) -> str | None:
        """Start the postmaster once. None when it answers, else the last words of its log."""
        service = self.service()
        log = self.home.log_dir / "database.log"
        log_start = log.stat().st_size if log.exists() else 0
        if self._process is not None:
            self._process.poll()  # a predecessor of ours that was killed is still to be reaped
        process = self._process = processes.spawn(
            service.argv, env=service.env, log_path=log, cwd=service.cwd,
            death_signal=service.stop_signal, account=service.account,
        )  # fmt: skip
        _wait_until(lambda: process.poll() is not None or self.is_ready(), deadline - time.monotonic())
        if process.poll() is None and self.is_ready():
            return None
        return self._log_tail(log_start)

    def _postmaster_pid(self) -> int | None:
        """The process id in the lock file if a PostgreSQL really runs under it."""
        pid = self._locked_pid()
        if pid is None or not processes.is_alive(pid, "postgres"):
            return None
        return pid if processes.works_in(pid, self.home.pgdata) else None

    def _locked_pid(self) -> int | None:
        try:
            return int((self.home.pgdata / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _clear_stale_lock(self) -> None:
        """Remove lock files whose process id now belongs to another program, as happens after a reboot.

        PostgreSQL would take that program for a living server and refuse to start. Its own check for
        shared memory still in use does not rest on these files.
        """
        if self._locked_pid() is not None and self._postmaster_pid() is None:
            (self.home.pgdata / "postmaster.pid").unlink(missing_ok=True)
            (self.home.socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)

    def _log_tail(self, start: int = 0) -> str:
        return self._located_cluster().log_tail(start)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """One process at a time initialises or starts the server of a home."""
        self.home.prepare()
        with open(self.home.path / "postgres.lock", "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _wait_until(condition: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL_S)
    return True
