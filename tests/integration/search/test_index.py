"""The index serves the search: the statement that `find` runs reads it, and not the table."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from zhicheng.core.access import Actor
from zhicheng.ground.personal.api import Contact
from zhicheng.ground.search import registry
from zhicheng.ground.search.api import SearchSource, find, register_source

FILL = """
    INSERT INTO search_searchentry (subject_kind, subject_id, title, subtitle, bigrams, numbers, updated_at)
    SELECT 'place', g, 'no. ' || g, '', ARRAY['水' || chr(20000 + g % 3000), repeat(g::text, 60)],
           ARRAY['n' || g], now()
      FROM generate_series(1, 20000) g;
    INSERT INTO personal_contact (id, name_sealed, phone_sealed, address_sealed, phone_index, created_at)
    SELECT g, '', '', '', '', now() FROM generate_series(1, 20000) g
"""
"""Twenty thousand entries of an ordinary width about records that can all be seen."""


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, because only the owner of the table may have its statistics taken."""


@pytest.mark.parametrize("text", ["n77", "水" + chr(20123)])
def test_the_statement_reads_the_index(
    database: None, clerk: Actor, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_sources", {})
    register_source(SearchSource("place", "Contact", lambda _: Contact.objects.values("id"), str))
    with connections["owner"].cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute("VACUUM ANALYZE search_searchentry")
        cursor.execute("ANALYZE personal_contact")
    with CaptureQueriesContext(connection) as captured:
        find(text, clerk)
    (statement,) = [query["sql"] for query in captured if "search_searchentry" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on search_entry_terms" in plan, plan
    assert "Seq Scan on search_searchentry" not in plan, plan
