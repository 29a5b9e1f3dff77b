"""Checks of the database: version, logins, and what the application's role must not be able to do."""

import psycopg
from psycopg import Connection

from zhicheng.runtime.database_url import DatabaseAddress
from zhicheng.runtime.doctor.finding import Check, Finding, Setup

MIN_SERVER_VERSION = 150_000
_OWNED = """
    SELECT count(*) FROM pg_class
    WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
"""
_CHANGEABLE = """
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname = ANY(%s) AND (
        has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(c.oid, 'UPDATE')
    )
    ORDER BY 1
"""
_PRESENT = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(%s)"


def _connect(url: str) -> Connection[tuple[object, ...]]:
    return psycopg.connect(DatabaseAddress.parse(url).format(), connect_timeout=5)


def application_logs_in(setup: Setup) -> Finding:
    """The application's role reaches the database."""
    try:
        with _connect(setup.app_url) as connection:
            return Finding(True, "application login", f"as {connection.info.user}")
    except psycopg.OperationalError as error:
        remedy = "start that server, or correct DATABASE_URL"
        return Finding(False, "application login", str(error).strip(), remedy)


def owner_logs_in(setup: Setup) -> Finding:
    """The owner's role reaches the database. Only migrations and tests use it."""
    if not setup.owner_url:
        return Finding(False, "owner login", "no address", "set DATABASE_OWNER_URL; migrations need it")
    try:
        with _connect(setup.owner_url) as connection:
            return Finding(True, "owner login", f"as {connection.info.user}")
    except psycopg.OperationalError as error:
        return Finding(False, "owner login", str(error).strip(), "correct DATABASE_OWNER_URL")


def server_is_new_enough(setup: Setup) -> Finding:
    """PostgreSQL 15 or newer, in UTF-8."""
    with _connect(setup.app_url) as connection:
        version = connection.info.server_version
        encoding = connection.info.parameter_status("server_encoding")
    ok = version >= MIN_SERVER_VERSION and encoding == "UTF8"
    detail = f"version {version // 10000}.{version % 10000}, encoding {encoding}"
    return Finding(ok, "server", detail, "use PostgreSQL 15 or newer and a database created WITH ENCODING 'UTF8'")


def roles_are_two(setup: Setup) -> Finding:
    """The application is not the owner, owns nothing and is no superuser."""
    with _connect(setup.app_url) as connection:
        row = connection.execute(_OWNED).fetchone()
        owned = row[0] if row else 0
        is_superuser = connection.info.parameter_status("is_superuser") == "on"
    user = DatabaseAddress.parse(setup.app_url).user
    is_owner = bool(setup.owner_url) and user == DatabaseAddress.parse(setup.owner_url).user
    detail = f"{user} owns {owned} relations" + (" and is a superuser" if is_superuser else "")
    detail += " and is the owner's role" if is_owner else ""
    remedy = "connect the application as a role of its own: the owner could switch off what guards the ledger"
    return Finding(not (owned or is_superuser or is_owner), "two roles", detail, remedy)


def ledger_is_append_only(setup: Setup) -> Finding:
    """The application can neither change nor delete rows of steps and ledger."""
    tables = list(setup.append_only_tables)
    with _connect(setup.app_url) as connection:
        row = connection.execute(_PRESENT, [tables]).fetchone()
        changeable = [str(name) for (name,) in connection.execute(_CHANGEABLE, [tables])]
    if changeable:
        remedy = "migrate as the owner again: zhicheng migrate restores the rights"
        return Finding(False, "ledger", f"the application can change {', '.join(changeable)}", remedy)
    return Finding(True, "ledger", f"append-only for the application ({row[0] if row else 0} tables examined)")


def calendar_reaches_far_enough(setup: Setup) -> Finding:
    """The working days of this year are known, and from October on those of the next."""
    with _connect(setup.app_url) as connection:
        row = connection.execute("SELECT to_regclass('packs_calendaryear')").fetchone()
        stated = connection.execute("SELECT year FROM packs_calendaryear") if row and row[0] else ()
        known = setup.known_years | {int(str(year)) for (year,) in stated}
    if missing := [year for year in setup.wanted_years if year not in known]:
        year = missing[0]
        remedy = f"add [calendar.{year}] to calendar.toml of the national pack, then: zhicheng pack apply national"
        return Finding(False, "calendar", f"the working days of {year} are not known", remedy, optional=True)
    return Finding(True, "calendar", f"working days are known up to {max(known, default=0)}")


DATABASE_CHECKS: tuple[Check, ...] = (
    application_logs_in,
    owner_logs_in,
    server_is_new_enough,
    roles_are_two,
    ledger_is_append_only,
    calendar_reaches_far_enough,
)
