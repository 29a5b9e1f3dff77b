"""What is wrong with a set-up and how to mend it."""

import contextlib
from collections.abc import Iterable, Iterator

import psycopg

from zhicheng.runtime.doctor.database import DATABASE_CHECKS
from zhicheng.runtime.doctor.finding import Check, Finding, Setup, render
from zhicheng.runtime.doctor.host import HOST_CHECKS
from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.postgres import EmbeddedPostgres

__all__ = ["Finding", "Setup", "examine", "render"]


def examine(setup: Setup) -> list[Finding]:
    """All checks in order. The embedded server is started for its checks if it is not running."""
    findings = list(_put(HOST_CHECKS, setup))
    with contextlib.ExitStack() as stack:
        if setup.is_embedded:
            try:
                server = EmbeddedPostgres(setup.home)
                stack.enter_context(server.running())
            except (RuntimeFault, OSError) as error:
                return [*findings, _broken("embedded PostgreSQL", error)]
            setup = setup.at(server)
        findings += _put(DATABASE_CHECKS, setup)
    return findings


def _put(checks: Iterable[Check], setup: Setup) -> Iterator[Finding]:
    for check in checks:
        try:
            yield check(setup)
        except (RuntimeFault, OSError, psycopg.Error) as error:
            yield _broken(check.__name__.replace("_", " "), error)


def _broken(title: str, error: Exception) -> Finding:
    return Finding(False, title, str(error).strip(), "read the message above; it names what to change")
