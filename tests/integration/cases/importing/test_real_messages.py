"""2,816 real messages to a city government, with their replies. Test data that is not part of the product."""

import os
from pathlib import Path

import pytest

from integration.cases.importing.earlier_files import confirm_import, proposed_mapping, receive_file
from zhicheng.cases.importing.mapping import Field
from zhicheng.cases.models import Case
from zhicheng.ground.importing.queries import problems_of
from zhicheng.ground.importing.services import carry_out
from zhicheng.ground.ledger.api import Entry, list_entries, read_body
from zhicheng.ground.proceedings.api import Clock, Proceeding, Step
from zhicheng.ground.search.api import find

REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("ZHICHENG_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")
MESSAGES = SHARED / "complaints" / "replies_2816.csv"
pytestmark = [
    pytest.mark.lengthy,
    pytest.mark.skipif(
        not MESSAGES.exists(), reason="needs complaints/replies_2816.csv; name its folder in ZHICHENG_SHARED_DATA"
    ),
]


@pytest.fixture
def imports(office, officer, now):
    def run():
        with MESSAGES.open("rb") as source:
            received, table = receive_file(
                source=source, name=MESSAGES.name, organization=office, by=officer, now=now
            )
        mapping = proposed_mapping(office, table)
        confirmed = confirm_import(run=received, mapping=mapping, system="wenzheng", now=now)
        return carry_out(key=confirmed.key, now=now)

    return run


def test_real_messages_become_historical_cases_once(imports, officer, city, office):
    run = imports()

    assert (run.rows, run.imported, run.known, run.refused) == (2816, 2815, 0, 1)
    (refused,) = run.refused_rows.all()
    (problem,) = problems_of(refused)
    assert (problem.row, problem.field, problem.value) == (1141, Field.REPLIED_AT, "2018/4/24")
    assert problem.message == "A day without a time of day; expected is both, such as {example}."

    cases = Case.objects.filter(external_system="wenzheng")
    assert cases.count() == 2815
    assert not cases.exclude(
        historical=True, area=city, importer=office, category=None, company=None, reporter=None, county=None
    ).exists()
    leak = cases.get(external_number="2549")
    assert leak.title == "A2区景蓉华苑物业管理有问题"
    assert leak.received_at.isoformat() == "2019-04-25T01:32:09+00:00"
    assert leak.replied_at is not None
    assert leak.replied_at.isoformat() == "2019-05-10T06:56:53+00:00"
    assert "A00045581" not in leak.description

    assert set(Proceeding.objects.values_list("state", "ending", "domain", "holder", "owner_role", "due_at")) == {
        ("recorded", "final", "general", office.id, "", None)
    }
    assert set(Step.objects.values_list("verb", "number").distinct()) == {("record_historical", 1)}
    assert not Clock.objects.exists()
    assert [found.title for found in find("景蓉华苑物业管理", officer)] == [leak.title]
    assert Entry.objects.filter(subject_kind="case").count() == 2815

    again = imports()

    assert (again.rows, again.imported, again.known, again.refused) == (2816, 0, 2815, 1)
    assert cases.count() == 2815
    assert Step.objects.count() == 2815
    (entry,) = list_entries(("import", again.id))
    body = read_body(entry)
    assert (body["known"], body["sha256"]) == (2815, run.sha256)
