"""What the application's role may do to each table, granted after every migration.

The role may read and write every table, except where an app declares by a rule which columns may be updated and
whether rows may be inserted and deleted. Every table of the house has a rule; those of libraries have none. The
application's role never owns a table, so it cannot grant itself more (ADR 0002).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql


@dataclass(frozen=True)
class TableRule:
    """Restricts the application's role on one table: what it may update, and whether it may delete or insert."""

    table: str
    updatable: tuple[str, ...] = ()
    deletable: bool = False
    insertable: bool = True


_rules: dict[str, TableRule] = {}


def restrict(rule: TableRule) -> None:
    """Declares a restriction; called from an app's `ready()`."""
    _rules[rule.table] = rule


def rules() -> Iterable[TableRule]:
    """Every declared restriction, in the order of the tables' names."""
    return [_rules[table] for table in sorted(_rules)]


def grant_all() -> None:
    """Gives the application's role its rights on every table, sequence and view of the schema.

    In one transaction: rights are given to all tables and then narrowed, and nobody may use the moment between.
    """
    role = sql.Identifier(settings.DATABASES["default"]["USER"])
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        _keep_triggers(cursor, role)
        for rule in rules():
            _restrict_table(cursor, rule, role)


_TRIGGERS = """
    SELECT oid::regprocedure::text FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
       AND proowner = current_user::regrole
"""


def _keep_triggers(cursor: CursorWrapper, role: sql.Identifier) -> None:
    """Trigger functions stay the owner's: no right is needed for them to act on the tables they were made for.

    Whoever may execute one may put it on a temporary table, where it would move chains and proceedings with
    the owner's rights. PostgreSQL lets everybody execute whatever is created.
    """
    cursor.execute(_TRIGGERS)
    for (function,) in cursor.fetchall():
        statement = sql.SQL("REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC, {role}")
        cursor.execute(statement.format(function=sql.SQL(function), role=role))


def _restrict_table(cursor: CursorWrapper, rule: TableRule, role: sql.Identifier) -> None:
    table = sql.Identifier(rule.table)
    rights = [right for right, kept in (("DELETE", rule.deletable), ("INSERT", rule.insertable)) if not kept]
    revoked = sql.SQL(", ").join(map(sql.SQL, ["UPDATE", "TRUNCATE", *rights]))
    revoke = sql.SQL("REVOKE {rights} ON {table} FROM {role}")
    cursor.execute(revoke.format(rights=revoked, table=table, role=role))
    if rule.updatable:
        columns = sql.SQL(", ").join(map(sql.Identifier, rule.updatable))
        grant = sql.SQL("GRANT UPDATE ({columns}) ON {table} TO {role}")
        cursor.execute(grant.format(columns=columns, table=table, role=role))
