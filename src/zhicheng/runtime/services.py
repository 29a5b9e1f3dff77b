"""The programs that `zhicheng run` keeps running: database, web, worker."""

import contextlib
import errno
import fcntl
import http.client
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.home import Home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.service import Service

# What only migrations and start-up may know; the web and worker processes never receive it.
_WITHHELD = ("DATABASE_OWNER_URL",)


class AlreadyRunningError(RuntimeFault):
    """What is to be started is there already."""


class CannotListenError(RuntimeFault):
    """The address is not one of this machine's, or we may not listen there."""


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How to serve pages. `workers` are processes, `threads` run views within each."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 2
    application: str = "zhicheng.config.wsgi:application"
    health_path: str = "/healthz"


def services_to_run(
    *,
    home: Home,
    database_url: str,
    environ: Mapping[str, str],
    web: WebOptions,
    server: EmbeddedPostgres | None,
) -> list[Service]:
    """In order of start. `database_url` is the application's; `server` is None if PostgreSQL is elsewhere."""
    env = application_environment(environ, home=home, database_url=database_url)
    database = [server.service()] if server else []
    return [*database, web_service(web, env, home.log_dir), worker_service(env, home.log_dir)]


def application_environment(environ: Mapping[str, str], *, home: Home, database_url: str) -> dict[str, str]:
    """`environ` for a process that acts as the application: one database login, and not the owner's."""
    kept = {name: value for name, value in environ.items() if name not in _WITHHELD}
    return kept | {"DATABASE_URL": database_url, "ZHICHENG_HOME": str(home.path), "PYTHONUNBUFFERED": "1"}


def web_service(web: WebOptions, env: Mapping[str, str], log_dir: Path) -> Service:
    """Granian, which by itself ends when one of its workers is killed, and leaves workers if it is killed."""
    argv = [sys.executable, "-m", "granian", "--interface", "wsgi", web.application]
    argv += ["--host", web.host, "--port", str(web.port)]
    argv += ["--workers", str(web.workers), "--blocking-threads", str(web.threads)]
    argv += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"]
    argv += ["--no-access-log", "--no-ws", "--http", "1"]
    return Service(
        name="web",
        argv=tuple(argv),
        env=env,
        is_ready=_answers_http(web),
        log_path=log_dir / "web.log",
    )


def worker_service(env: Mapping[str, str], log_dir: Path) -> Service:
    """The queue's worker. If we are killed it dies at once: jobs it held are found as stalled and retried."""
    return Service(
        name="worker",
        argv=(sys.executable, "-m", "zhicheng", "worker"),
        env=env,
        death_signal=signal.SIGKILL,
        grace_s=20.0,
        log_path=log_dir / "worker.log",
    )


def where_served(web: WebOptions, environ: Mapping[str, str]) -> dict[str, str]:
    """What the programs have to know of where they are served, unless `environ` says it: links carry the address,
    and requests for its host are answered.

    >>> where_served(WebOptions(host="192.168.1.5", port=8080), {})
    {'ZHICHENG_BASE_URL': 'http://192.168.1.5:8080', 'ZHICHENG_HOSTS': 'localhost,127.0.0.1,[::1],192.168.1.5'}
    """
    host = public_host(web)
    told = {
        "ZHICHENG_BASE_URL": f"http://{host}:{web.port}",
        "ZHICHENG_HOSTS": ",".join(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", host))),
    }
    return {name: value for name, value in told.items() if not environ.get(name, "").strip()}


def public_host(web: WebOptions) -> str:
    """The host by which a browser finds the server; this machine's own name for every network.

    >>> public_host(WebOptions(host="0.0.0.0")), public_host(WebOptions(host="fd00::5"))
    ('localhost', '[fd00::5]')
    """
    if web.host in ("127.0.0.1", "0.0.0.0", "::", "::1"):  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{web.host}]" if ":" in web.host else web.host


@contextlib.contextmanager
def only_run(home: Home) -> Iterator[None]:
    """Holds the home for one run, also of those that begin in the same moment; raises AlreadyRunningError at once.

    The kernel lets go of it when the process ends, however it ends.
    """
    with (home.path / "run.lock").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunningError(
                f"another zhicheng runs, or begins to, in {home.path}; stop it first"
            ) from None
        yield


def is_held(home: Home) -> bool:
    """Whether a run holds this home."""
    if not home.path.exists():
        return False
    try:
        with only_run(home):
            return False
    except AlreadyRunningError:
        return True


def is_healthy(web: WebOptions) -> bool:
    """Whether what listens where `web` says answers as a Zhicheng in order does."""
    return _health(web) == (200, HEALTHY)


def refuse_second_run(web: WebOptions, server: EmbeddedPostgres | None) -> None:
    """Raise AlreadyRunningError if another run holds the database of this home, or anything holds the port.

    Raises CannotListenError if nothing could listen there at all.
    """
    if server is not None and server.is_running() and server.is_ready():
        raise AlreadyRunningError(
            f"the database of {server.home.path} runs already; stop the other zhicheng first"
        )
    try:
        is_free = port_is_free(web.host, web.port)
    except OSError as error:
        raise CannotListenError(f"cannot listen on {web.host} port {web.port}: {error.strerror}") from error
    if not is_free:
        raise AlreadyRunningError(f"{web.host} port {web.port} is taken; stop what listens there or use --port")


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there. Raises OSError where the address itself is wrong."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


HEALTHY = b"ok\n"
"""What the health page says."""


def _answers_http(web: WebOptions) -> Callable[[int], bool]:
    """Whether the server gives any answer below 500 to its health page."""

    def check(pid: int) -> bool:
        answer = _health(web)
        return answer is not None and answer[0] < 500

    return check


def _health(web: WebOptions) -> tuple[int, bytes] | None:
    """Status and text of the health page; None without an answer."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(web.host, web.host)  # noqa: S104 - compared, not bound

    connection = http.client.HTTPConnection(host, web.port, timeout=1.0)
    try:
        connection.request("GET", web.health_path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read(100)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
