"""The embedded server's data directory: made whole or not at all, configured anew before every start."""

import hashlib
import os
import secrets as randomness
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from zhicheng.runtime.account import Account
from zhicheng.runtime.binaries import Binaries
from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.home import Home
from zhicheng.runtime.secrets import Secrets

OWNER_ROLE = "zhicheng_owner"
APP_ROLE = "zhicheng_app"
DATABASE = "zhicheng"
MAINTENANCE_DATABASE = "postgres"
# Nobody knows its password, and pg_hba.conf lets it in from nowhere: roles are mended in single-user mode.
_SUPERUSER = "zhicheng_superuser"

_SETTINGS = """\
# Written by Zhicheng before every start. Settings of your own belong in local.conf beside this file.
listen_addresses = ''
unix_socket_directories = '{socket_dir}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
password_encryption = 'scram-sha-256'
# Statements and details hold people's names and numbers; the log must not.
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
log_line_prefix = '%m [%p] %u@%d '
"""
_DURABLE = """\
fsync = on
synchronous_commit = on
full_page_writes = on
"""
_FOR_TESTS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
# Segments in /dev/shm would outlive a server that a test kills and never starts again.
dynamic_shared_memory_type = mmap
autovacuum_naptime = 10min
"""
_HBA = f"""\
# Written by Zhicheng before every start.
local all {OWNER_ROLE},{APP_ROLE} scram-sha-256
host all {OWNER_ROLE},{APP_ROLE} 127.0.0.1/32 scram-sha-256
host all {OWNER_ROLE},{APP_ROLE} ::1/128 scram-sha-256
"""


class ClusterError(RuntimeFault):
    """A PostgreSQL program failed. The message carries its own last words."""


def role_statements(secrets: Secrets) -> list[str]:
    """SQL, one statement a line, that brings roles and their passwords to the wanted state; may run twice."""
    statements = []
    for role, rights, password in (
        (OWNER_ROLE, "CREATEDB", secrets.owner_password),
        (APP_ROLE, "NOCREATEDB", secrets.app_password),
    ):
        exists = f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
        statements += [
            f"DO $$ BEGIN IF NOT {exists} THEN CREATE ROLE {role}; END IF; END $$",
            f"ALTER ROLE {role} LOGIN {rights} NOSUPERUSER NOCREATEROLE NOREPLICATION PASSWORD '{password}'",
        ]
    return [
        *statements,
        f"REVOKE ALL ON DATABASE {MAINTENANCE_DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {MAINTENANCE_DATABASE} TO {OWNER_ROLE}",
    ]


def database_statements() -> list[str]:
    """SQL that creates the one database: its owner may do all in it, the application may connect."""
    return [
        f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP_ROLE}",
    ]


class Cluster:
    """The data directory of `home`, owned by `account` if we are root."""

    def __init__(self, home: Home, binaries: Binaries, account: Account | None, *, for_tests: bool) -> None:
        self.home = home
        self.binaries = binaries
        self.account = account
        self.for_tests = for_tests

    def create(self, secrets: Secrets) -> None:
        """Make data directory, roles and database aside, then move them in: a crash leaves no half."""
        fresh = self.home.pgdata.with_name("data.new")
        shutil.rmtree(fresh, ignore_errors=True)
        password_file = self._private_file("superuser-password", randomness.token_urlsafe(24))
        try:
            arguments = ["-U", _SUPERUSER, "-A", "scram-sha-256", "--pwfile", str(password_file)]
            arguments += ["-E", "UTF8", "--no-locale", "--no-instructions"]
            arguments += ["--no-sync"] if self.for_tests else []
            self._run("initdb", "-D", str(fresh), *arguments)
        finally:
            password_file.unlink()
        self._single_user(fresh, [*role_statements(secrets), *database_statements()])
        self._write_roles_mark(fresh, secrets)
        fresh.rename(self.home.pgdata)

    def mend_roles(self, secrets: Secrets) -> None:
        """Bring passwords in line with a changed secrets file; the server must be down."""
        mark = self.home.pgdata / "zhicheng.roles"
        if mark.exists() and mark.read_text(encoding="ascii") == _roles_mark(secrets):
            return
        self._single_user(self.home.pgdata, role_statements(secrets))
        self._write_roles_mark(self.home.pgdata, secrets)

    def configure(self) -> None:
        """Write the settings and who may log in."""
        pgdata = self.home.pgdata
        socket_dir = str(self.home.socket_dir).replace("'", "''")
        settings = _SETTINGS.format(socket_dir=socket_dir) + (_FOR_TESTS if self.for_tests else _DURABLE)
        self._write(pgdata / "zhicheng.conf", settings)
        self._write(pgdata / "postgresql.conf", "include 'zhicheng.conf'\ninclude_if_exists 'local.conf'\n")
        self._write(pgdata / "pg_hba.conf", _HBA)

    def log_tail(self, start: int = 0, lines: int = 5) -> str:
        """The last lines of the server's log after byte `start`."""
        path = self.home.log_dir / "database.log"
        if not path.exists():
            return ""
        with open(path, "rb") as file:
            file.seek(start)
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])

    def _single_user(self, pgdata: Path, statements: Sequence[str]) -> None:
        # Statements end with the line in this mode; passwords travel by standard input, not by argument.
        arguments = ["--single", "-D", str(pgdata), "-c", "exit_on_error=on", "-c", "log_statement=none"]
        self._run("postgres", *arguments, MAINTENANCE_DATABASE, stdin="\n".join(statements) + "\n")

    def _run(self, program: str, *arguments: str, stdin: str = "") -> None:
        done = subprocess.run(  # noqa: S603 - a program of the wheel
            [self.binaries.program(program), *arguments],
            input=stdin, text=True, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            cwd=self.home.pgdata.parent, env=server_environment(),
            **(self.account.popen_arguments() if self.account else {}),
        )  # fmt: skip
        if done.returncode:
            words = "\n".join(done.stderr.strip().splitlines()[-5:])
            raise ClusterError(f"{program} failed with status {done.returncode}: {words}")

    def _write_roles_mark(self, pgdata: Path, secrets: Secrets) -> None:
        self._write(pgdata / "zhicheng.roles", _roles_mark(secrets))

    def _private_file(self, name: str, text: str) -> Path:
        path = self.home.pgdata.with_name(name)
        path.unlink(missing_ok=True)
        self._write(path, text)
        return path

    def _write(self, path: Path, text: str) -> None:
        """Write `path` for the server's eyes only. Nothing is written where the text is already there."""
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        if self.account:
            self.account.own(fresh)
        fresh.replace(path)


def server_environment() -> dict[str, str]:
    """All that a PostgreSQL program should see of our environment: messages in English, no PG* settings."""
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _roles_mark(secrets: Secrets) -> str:
    return hashlib.sha256("\n".join(role_statements(secrets)).encode()).hexdigest()
