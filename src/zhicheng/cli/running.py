"""`zhicheng run`, `demo` and `worker`: the programs that serve people."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from zhicheng.cli.framework import database_running, start_django
from zhicheng.cli.preparing import collect_static, prepare, timed
from zhicheng.runtime.services import (
    WebOptions,
    only_run,
    public_host,
    refuse_second_run,
    services_to_run,
    where_served,
)
from zhicheng.runtime.supervise import Supervisor

if TYPE_CHECKING:
    from zhicheng.demo.people import Account

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, help="Web processes: one a core.")]
Threads = Annotated[int, typer.Option(min=1, help="Threads in each web process.")]


def run(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2, threads: Threads = 2) -> None:
    """Runs database, web server and queue worker until Ctrl-C; restarts what dies."""
    web = WebOptions(host=host, port=port, workers=workers, threads=threads)
    start_django()
    with _alone(web):
        collect_static(typer.echo)
        status = serve(web, on_ready=lambda: typer.echo(f"Zhicheng is at {address_of(web)}"))
    raise typer.Exit(status)


def demo(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2, threads: Threads = 2) -> None:
    """Sets up, fills the database with simulated records, runs, and says who can log in."""
    web = WebOptions(host=host, port=port, workers=workers, threads=threads)
    start_django()
    with _alone(web):
        with database_running():
            prepare(typer.echo, renew_packs=True)
            accounts = _simulated()
        status = serve(web, on_ready=lambda: _welcome(web, accounts))
    raise typer.Exit(status)


def worker() -> None:
    """Runs jobs from the queue until it is asked to stop; `zhicheng run` starts it by itself."""
    start_django()
    from zhicheng.ground.notices.queue import run_worker

    run_worker()


def serve(web: WebOptions, *, on_ready: Callable[[], None]) -> int:
    """Runs everything until a signal asks to stop. The exit status is 1 if something never came up."""
    from django.conf import settings

    server = settings.EMBEDDED
    if server is not None:
        server.ensure_initialised()
    services = services_to_run(
        home=settings.HOME,
        database_url=server.dsn() if server else settings.ENVIRONMENT.database_url or "",
        environ={**os.environ, **where_served(web, os.environ)},
        web=web,
        server=server,
    )
    return Supervisor(services, typer.echo).run(on_ready)


def address_of(web: WebOptions) -> str:
    """Where a browser on this machine finds the server.

    >>> address_of(WebOptions(host="0.0.0.0", port=80))
    'http://localhost:80/'
    """
    return f"http://{public_host(web)}:{web.port}/"


@contextmanager
def _alone(web: WebOptions) -> Iterator[None]:
    """No other run holds this home or the port, nor comes to while the block lasts."""
    from django.conf import settings

    with only_run(settings.HOME):
        refuse_second_run(web, settings.EMBEDDED)
        yield


def _simulated() -> tuple["Account", ...]:
    from zhicheng.demo.services import ensure_demo
    from zhicheng.ground import clock

    with timed(typer.echo, "Simulating records"):
        return ensure_demo(clock.now(), report=lambda line: typer.echo(f"  {line}"))


def _welcome(web: WebOptions, accounts: tuple["Account", ...]) -> None:
    typer.echo(f"\nZhicheng is at {address_of(web)}. All records are simulated. Ctrl-C stops everything.")
    width = max(len(one.username) for one in accounts)
    for one in accounts:
        typer.echo(f"  {one.username:<{width}}  {one.password}  {one.role}")
