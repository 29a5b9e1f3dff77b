"""The embedded server, really started."""

import contextlib
import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from zhicheng.runtime import placement
from zhicheng.runtime.account import server_account
from zhicheng.runtime.binaries import find_binaries, reachable
from zhicheng.runtime.cluster import APP_ROLE, MAINTENANCE_DATABASE, OWNER_ROLE
from zhicheng.runtime.doctor import Setup, database
from zhicheng.runtime.home import Home
from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.secrets import Secrets
from zhicheng.runtime.services import AlreadyRunningError, WebOptions, refuse_second_run

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root switches to another account")


def postmaster(server):
    return int((server.home.pgdata / "postmaster.pid").read_text().splitlines()[0])


class TestRoles:
    @pytest.fixture
    def server(self, template):
        return template

    def test_server_settings(self, server):
        with psycopg.connect(server.dsn()) as connection:
            settings = {
                name: connection.execute(f"SHOW {name}").fetchone()[0]
                for name in ("server_encoding", "timezone", "listen_addresses", "max_connections")
            }
        assert settings == {
            "server_encoding": "UTF8",
            "timezone": "Asia/Shanghai",
            "listen_addresses": "",
            "max_connections": "60",
        }

    def test_application_creates_nothing(self, server):
        with psycopg.connect(server.dsn()) as connection:
            for statement in ("CREATE TABLE t ()", "CREATE TEMP TABLE t ()", "CREATE SCHEMA s"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(statement)

    def test_application_stays_out_of_the_maintenance_database(self, server):
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(server.dsn(APP_ROLE, MAINTENANCE_DATABASE))

    def test_owner_makes_test_databases_that_the_application_can_enter(self, server):
        with psycopg.connect(server.dsn(OWNER_ROLE, MAINTENANCE_DATABASE), autocommit=True) as owner:
            owner.execute("CREATE DATABASE test_zhicheng")
            with psycopg.connect(server.dsn(APP_ROLE, "test_zhicheng")) as application:
                assert application.execute("SELECT current_user").fetchone() == (APP_ROLE,)
            owner.execute("DROP DATABASE test_zhicheng")

    def test_a_wrong_password_is_refused(self, server):
        wrong = server.dsn().replace(server.secrets.app_password, "x" * 24)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)

    def test_nobody_logs_in_as_superuser(self, server):
        dsn = server.dsn().replace(APP_ROLE, "zhicheng_superuser")
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            psycopg.connect(dsn)

    def test_data_and_socket_are_closed_to_others(self, server):
        for directory in (server.home.pgdata, server.home.socket_dir, server.home.files_dir):
            assert stat.S_IMODE(directory.stat().st_mode) == 0o700


class TestDoctor:
    @pytest.fixture
    def ledger(self, template):
        """A ledger table as migrations leave it."""
        with psycopg.connect(template.dsn(OWNER_ROLE), autocommit=True) as owner:
            owner.execute("CREATE TABLE ledger_entry (n int)")
            owner.execute(f"GRANT SELECT, INSERT ON ledger_entry TO {APP_ROLE}")
            yield owner
            owner.execute("DROP TABLE ledger_entry")

    @pytest.fixture
    def setup(self, template):
        return Setup(home=template.home, append_only_tables=("ledger_entry",)).at(template)

    def test_a_healthy_database_passes(self, setup, ledger):
        assert [check(setup).detail for check in database.DATABASE_CHECKS if not check(setup).ok] == []
        assert "1 tables examined" in database.ledger_is_append_only(setup).detail

    @pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE", "UPDATE (n)"])
    def test_a_changeable_ledger_is_found(self, setup, ledger, right):
        ledger.execute(f"GRANT {right} ON ledger_entry TO {APP_ROLE}")
        finding = database.ledger_is_append_only(setup)
        assert not finding.ok
        assert "ledger_entry" in finding.detail

    def test_the_owner_in_the_applications_place_is_found(self, setup, ledger, template):
        mixed = Setup(home=setup.home, app_url=template.dsn(OWNER_ROLE), owner_url=template.dsn(OWNER_ROLE))
        assert not database.roles_are_two(mixed).ok

    def test_an_unreachable_server_is_found(self, setup, tmp_path):
        finding = database.application_logs_in(Setup(setup.home, app_url=f"postgresql://u@/z?host={tmp_path}"))
        assert not finding.ok
        assert "DATABASE_URL" in finding.remedy


def test_a_second_start_makes_nothing_anew_and_keeps_data(server):
    server.start()
    made = (server.home.pgdata / "PG_VERSION").stat()
    with psycopg.connect(server.dsn(OWNER_ROLE)) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    server.stop()
    assert not server.is_running()

    server.start()
    found = (server.home.pgdata / "PG_VERSION").stat()
    assert (found.st_ino, found.st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    with psycopg.connect(server.dsn(OWNER_ROLE)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_start_after_kill_waits_for_orphans(server):
    """A busy backend outlives its killed postmaster and holds the shared memory; start waits for it."""
    server.start()
    old = postmaster(server)
    with contextlib.closing(psycopg.connect(server.dsn())) as busy:
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 4000000)")
        os.kill(old, signal.SIGKILL)
        server.start()
    assert postmaster(server) != old
    assert server.is_ready()


def test_a_lock_left_by_a_reused_process_id_does_not_block(server):
    server.ensure_initialised()
    (server.home.pgdata / "postmaster.pid").write_text(f"{os.getpid()}\n{server.home.pgdata}\n")
    (server.home.socket_dir / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    assert not server.is_running()
    server.start()
    assert server.is_ready()


def test_changed_passwords_are_mended_at_the_next_start(server):
    Secrets.generate().save(server.home)
    changed = EmbeddedPostgres(server.home, for_tests=True)
    assert changed.dsn() != server.dsn()
    with changed.running():
        assert changed.is_ready()
        assert not server.is_ready()


def test_running_stops_only_what_it_started(server):
    with server.running():
        with EmbeddedPostgres(server.home, for_tests=True).running():
            pass
        assert server.is_ready()
    assert not server.is_running()


def test_a_second_run_in_the_same_home_is_refused(server, unused_port):
    web = WebOptions(port=unused_port)
    refuse_second_run(web, server)
    with server.running():
        other = EmbeddedPostgres(server.home, for_tests=True)
        with pytest.raises(AlreadyRunningError, match="runs already"):
            refuse_second_run(web, other)
        assert other.service().is_ready(postmaster(server))
        assert not other.service().is_ready(os.getpid())  # another server's answer is not ours


def test_the_log_of_a_refused_row_does_not_repeat_its_content(server):
    with server.running(), contextlib.closing(psycopg.connect(server.dsn(OWNER_ROLE))) as connection:
        connection.execute("CREATE TABLE callers (phone text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO callers VALUES ('13800000000'), ('13800000000')")
    log = (server.home.log_dir / "database.log").read_text()
    assert "duplicate key" in log
    assert "13800000000" not in log


def test_a_long_home_gets_a_short_socket_path(home):
    moved = home.path.rename(home.path.with_name(f"{home.path.name}-moved"))
    home.path.mkdir()
    home.path.chmod(0o711)
    deep = Home(moved.rename(home.path / ("质量" * 20)))
    with EmbeddedPostgres(deep, for_tests=True).running():
        assert deep.socket_dir.parent == Path("/tmp")
        assert EmbeddedPostgres(deep).is_ready()
    remove_home(deep)
    assert not deep.socket_dir.exists()


@as_root
def test_a_closed_home_keeps_its_data_elsewhere(closed_dir, home, monkeypatch):
    home.path.chmod(0o711)
    monkeypatch.setattr(placement, "SHARED_DIR", home.path / "shared")
    closed = Home(closed_dir / "home")
    with EmbeddedPostgres(closed, for_tests=True).running():
        assert closed.pgdata.is_relative_to(home.path / "shared")
        assert closed.pgdata.stat().st_uid == server_account().uid
    remove_home(closed)
    assert list((home.path / "shared").iterdir()) == []


@as_root
def test_programs_in_a_closed_place_are_copied(closed_dir, home):
    account, original = server_account(), find_binaries()
    package = closed_dir / original.prefix.parent.name
    package.mkdir()
    (package / original.prefix.name).symlink_to(original.prefix)
    (closed_dir / f"{package.name}.libs").symlink_to(original.prefix.parent.with_name(f"{package.name}.libs"))
    home.path.chmod(0o711)
    closed = type(original)(package / original.prefix.name, original.major)
    copy = reachable(closed, account, home.path / "shared")
    assert copy.prefix.is_relative_to(home.path / "shared")
    assert reachable(closed, account, home.path / "shared") == copy
    assert reachable(original, account) == original
