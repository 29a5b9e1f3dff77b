"""After a migration the application's role owns nothing and may do exactly what the apps declared."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from zhicheng.ground.database.privileges import TableRule, grant_all, rules

pytestmark = pytest.mark.data_layer
APP = settings.DATABASES["default"]["USER"]
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
RIGHTS = """
    SELECT right_name
      FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS right_name
     WHERE has_table_privilege(%s, %s, right_name)
"""
COLUMNS = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
UPDATABLE = COLUMNS + " AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')"


def column(statement: str, *values: object) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0] for row in cursor.fetchall()}


def expected(rule: TableRule | None) -> tuple[set[str], set[str] | None]:
    """The rights on the table, and the columns that may be updated (None: all)."""
    if rule is None:
        return {"SELECT", "INSERT", "UPDATE", "DELETE"}, None
    rights = {"SELECT"} | ({"INSERT"} if rule.insertable else set()) | ({"DELETE"} if rule.deletable else set())
    return rights, set(rule.updatable)


def differences() -> list[str]:
    """Every table on which the role may do more or less than was declared."""
    declared = {rule.table: rule for rule in rules()}
    wrong = []
    for table in sorted(column(TABLES)):
        rights, updatable = expected(declared.get(table))
        found = column(RIGHTS, APP, table), column(UPDATABLE, table, APP)
        if found != (rights, column(COLUMNS, table) if updatable is None else updatable):
            wrong.append(f"{table}: {found}")
    return wrong


def test_the_role_may_do_exactly_what_is_declared(database: None) -> None:
    assert differences() == []


def test_rules_are_about_tables_and_columns_that_exist(database: None) -> None:
    tables = column(TABLES)
    for rule in rules():
        assert rule.table in tables
        assert set(rule.updatable) <= column(COLUMNS, rule.table)


def test_every_table_of_the_house_says_what_may_be_done_to_it() -> None:
    """A table without a rule may be updated and emptied at will: only the libraries' own are left so."""
    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("zhicheng.")
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed
    }
    assert ours - {rule.table for rule in rules()} == set()


def test_no_case_account_or_grant_is_deleted_or_moved_elsewhere(database: None) -> None:
    kept_of = {
        "cases_case": {"number", "area_id", "reporter_id", "received_at", "secret_hash", "source"},
        "access_user": {"username", "organization_id"},
        "access_grant": {"user_id", "role", "organization_id"},
    }
    for table, kept in kept_of.items():
        assert "DELETE" not in column(RIGHTS, APP, table)
        assert not kept & column(UPDATABLE, table, APP)
    for statement in ("DELETE FROM cases_case", "UPDATE cases_case SET number = 'TS'", "TRUNCATE cases_case"):
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(statement)


def test_whatever_records_the_past_is_restricted() -> None:
    declared = {rule.table: rule for rule in rules()}
    for table in ("ledger_entry", "ledger_root", "proceedings_step"):
        assert declared[table] == TableRule(table), "insert and select, and nothing else"
    assert declared["ledger_chain"] == TableRule("ledger_chain", insertable=False)
    assert declared["proceedings_proceeding"].updatable == ("due_at", "assignee_id")


def test_the_role_owns_nothing(database: None) -> None:
    owned = """
        SELECT relname FROM pg_class WHERE relowner = %(app)s::regrole
         UNION SELECT proname FROM pg_proc WHERE proowner = %(app)s::regrole
         UNION SELECT nspname FROM pg_namespace WHERE nspowner = %(app)s::regrole
         UNION SELECT datname FROM pg_database WHERE datdba = %(app)s::regrole
    """
    with connection.cursor() as cursor:
        cursor.execute(owned, {"app": APP})
        assert cursor.fetchall() == []


def test_every_table_of_the_house_belongs_to_the_owner(database: None) -> None:
    owner = settings.DATABASES["owner"]["USER"]
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    owned = column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", owner)
    assert ours <= owned


def test_the_role_is_nobody_special(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = %s",
            [APP],
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT current_user, has_schema_privilege(current_user, 'public', 'CREATE')")
        assert cursor.fetchone() == (APP, False)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [APP])
        assert cursor.fetchone() == (0,)


def test_functions_that_run_as_the_owner_look_only_where_they_should(database: None) -> None:
    """A function that runs with its owner's rights must not find what somebody else puts in its way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        )
        found = dict(cursor.fetchall())
    assert found.keys() >= {"ledger_link", "proceedings_move"}
    assert set(map(tuple, found.values())) == {("search_path=public, pg_temp",)}


def test_granting_anew_takes_back_what_was_given_besides(committed: None) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE ON proceedings_step TO {APP}")
        cursor.execute(f"GRANT UPDATE (state) ON proceedings_proceeding TO {APP}")
    assert len(differences()) == 2
    grant_all()
    assert differences() == []


def test_a_trigger_of_the_house_serves_no_table_but_its_own(committed: None) -> None:
    """Put on a table of somebody's own, it would move chains and proceedings with its owner's rights."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT TEMPORARY ON DATABASE {connection.settings_dict['NAME']} TO {APP}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("CREATE TEMPORARY TABLE own (subject_kind text, subject_id bigint, body bytea)")
        for name in names:
            with pytest.raises(DatabaseError, match=f"permission denied for function {name}"):
                cursor.execute(f"CREATE TRIGGER own BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION {name}()")
        cursor.execute("DROP TABLE own")
