"""Importing as a service: what is written, what is left alone, and what an interruption leaves behind."""

import io
import os
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from integration.cases.importing.earlier_files import confirm_import, proposed_mapping, receive_file, row
from zhicheng.cases.importing import recording
from zhicheng.cases.importing.importer import IMPORTER
from zhicheng.cases.importing.mapping import ColumnMapping, Field, MappingRefused
from zhicheng.cases.importing.plans import importing_organization, plan_for
from zhicheng.cases.models import Case
from zhicheng.core.refused import Refused
from zhicheng.ground.importing import queries, registry, store
from zhicheng.ground.importing.models import ImportMapping, ImportRun, RefusedRow
from zhicheng.ground.importing.queries import problems_of
from zhicheng.ground.importing.reporting import refused_of, write_errors
from zhicheng.ground.importing.services import carry_out, discard_upload, forget_expired, forget_files, try_out
from zhicheng.ground.importing.table import TableRefused
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.packs.api import Term, forget_loaded
from zhicheng.ground.proceedings.api import Step


@pytest.fixture
def receive(office, officer, now):
    """Uploads a file for the office; returns the import and its table."""

    def receive(path, *, organization=office, by=officer, at=now):
        with path.open("rb") as source:
            return receive_file(source=source, name=path.name, organization=organization, by=by, now=at)

    return receive


@pytest.fixture
def imports(receive, office, officer, now):
    """Imports a file whole with the columns as proposed."""

    def run(path, *, system="wenzheng", organization=office, by=officer, progress=None):
        received, table = receive(path, organization=organization, by=by)
        mapping = proposed_mapping(organization, table)
        confirmed = confirm_import(run=received, mapping=mapping, system=system, now=now)
        return carry_out(key=confirmed.key, now=now, progress=progress)

    return run


def counts(run):
    return (run.rows, run.imported, run.known, run.refused)


def reasons(run):
    rows = RefusedRow.objects.filter(run=run).order_by("row")
    return [(one.row, one.field, one.message) for refused in rows for one in problems_of(refused)]


def test_good_rows_are_imported_and_bad_ones_told(imports, csv_file):
    run = imports(csv_file(row("1"), row("2", 留言时间="gestern", 留言主题=""), row("3")))

    assert counts(run) == (3, 2, 0, 1)
    assert sorted(Case.objects.values_list("external_number", flat=True)) == ["1", "3"]
    assert [(number, field) for number, field, _ in reasons(run)] == [(3, Field.TITLE), (3, Field.RECEIVED_AT)]


def test_a_changed_row_is_told_and_the_case_left_alone(imports, csv_file):
    imports(csv_file(row("1"), row("2")))

    run = imports(csv_file(row("1"), row("2", 答复意见="又坏了"), row("3")))

    assert counts(run) == (3, 1, 1, 1)
    ((number, field, message),) = reasons(run)
    assert (number, field) == (3, Field.REPLY)
    assert message == "Already imported with other content; the case is left as it is."
    assert Case.objects.get(external_number="2").reply == "已修好"


def test_the_same_number_in_another_system_is_another_case(imports, csv_file):
    path = csv_file(row("1"))

    assert imports(path, system="wenzheng").imported == 1
    assert imports(path, system="12345").imported == 1
    assert Case.objects.filter(external_number="1").count() == 2


def test_a_number_of_another_body_is_not_taken_over(imports, csv_file, other_office, stranger):
    path = csv_file(row("1"))
    imports(path)

    run = imports(path, organization=other_office, by=stranger)

    assert counts(run) == (1, 0, 0, 1)
    assert "belongs to another organization's case" in reasons(run)[0][2]


def test_a_category_given_later_does_not_make_a_row_another(imports, csv_file, city):
    group = Term.objects.create(
        catalogue="housing.category", code="g", zh="防水", en="Water", valid_from="2020-01-01"
    )
    leak = Term.objects.create(
        catalogue="housing.category", code="leak", parent=group, zh="渗漏", en="Leaks", valid_from="2020-01-01"
    )
    forget_loaded()
    imports(csv_file(row("1")))
    Case.objects.update(category=leak)

    assert imports(csv_file(row("1"))).known == 1


def test_a_category_column_names_terms_by_code_or_words(imports, csv_file):
    group = Term.objects.create(
        catalogue="housing.category", code="g", zh="防水", en="Water", valid_from="2020-01-01"
    )
    for code, zh, en in (("leak", "渗漏", "Leaks"), ("hollow", "空鼓", "Hollow plaster")):
        Term.objects.create(
            catalogue="housing.category", code=code, parent=group, zh=zh, en=en, valid_from="2020-01-01"
        )
    forget_loaded()
    head = ("编号", "主题", "受理时间", "类别")
    lines = [
        (str(n), "漏", "2019-04-25 09:00", name)
        for n, name in enumerate(("LEAK", "空鼓", "hollow plaster", "", "g"))
    ]

    run = imports(csv_file(*lines, head=head))

    assert counts(run) == (5, 4, 0, 1)
    assert list(Case.objects.order_by("external_number").values_list("category__code", flat=True)) == [
        "leak", "hollow", "hollow", None,
    ]  # fmt: skip
    assert reasons(run)[0][:2] == (6, Field.CATEGORY)


def test_the_columns_are_remembered_for_the_same_head(receive, office, now, csv_file):
    run, table = receive(csv_file(row("1")))
    chosen = ColumnMapping({Field.NUMBER: 0, Field.TITLE: 2, Field.RECEIVED_AT: 3}, days_only=True)
    confirm_import(run=run, mapping=chosen, system="wenzheng", now=now)

    assert proposed_mapping(office, table) == chosen
    _, other = receive(csv_file(row("1")[:5], head=("编号", "用户", "主题", "时间", "内容")))
    assert proposed_mapping(office, other) != chosen
    assert ImportMapping.objects.count() == 1


def test_an_interrupted_import_goes_on_and_counts_every_row_once(imports, csv_file, now, monkeypatch):
    monkeypatch.setitem(registry._importers, "cases", replace(IMPORTER, batch=2))

    def fail(run):
        if run.rows_done == 2:
            raise KeyboardInterrupt

    path = csv_file(row("1"), row("2", 留言主题=""), row("3"), row("2"), row("1"))
    with pytest.raises(KeyboardInterrupt):
        imports(path, progress=fail)
    run = ImportRun.objects.get()
    assert (run.rows_done, run.imported, run.refused, run.finished_at) == (2, 1, 1, None)

    finished = carry_out(key=run.key, now=now)

    assert counts(finished) == (5, 3, 0, 2)
    assert [number for number, _, _ in reasons(finished)] == [3, 6]
    assert carry_out(key=run.key, now=now).finished_at is not None
    assert len(list_entries(("import", run.id))) == 1


def test_a_batch_is_written_whole_or_not_at_all(imports, csv_file, monkeypatch):
    def broken(case):
        if case.external_number == "2":
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(recording, "index_case", broken)
    with pytest.raises(RuntimeError):
        imports(csv_file(row("1"), row("2")))

    assert not Case.objects.exists()
    assert not Step.objects.exists()
    assert ImportRun.objects.get().rows_done == 0


def test_the_whole_import_is_one_entry_without_names(imports, csv_file, office, officer):
    run = imports(csv_file(row("1")))

    (entry,) = list_entries(("import", run.id))
    assert (entry.act, entry.actor) == ("import.finish", officer.key)
    body = read_body(entry)
    assert "earlier.csv" not in str(body)
    assert body.pop("file")
    assert body == {
        "importer": "cases", "organization": office.id, "system": "wenzheng", "days_only": False,
        "sha256": run.sha256, "rows": 1, "imported": 1,
        "known": 0, "refused": 0,
    }  # fmt: skip


def test_the_error_file_holds_rows_and_reasons_as_text(imports, csv_file):
    run = imports(
        csv_file(row("1", 留言主题="=1+1", 答复时间="2018/4/24"), (*row("2", 留言详情="a\x00b"), "zu", "viel"))
    )
    file = io.BytesIO()

    assert write_errors(file, run.head, refused_of(run), IMPORTER.labels) == 3

    lines = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    head, first, second, third = lines
    assert head[:7] == run.head
    assert len(head) == 11
    assert first[2] == "=1+1"
    assert (first[7], first[9]) == ("2", "2018/4/24")
    assert second[6].endswith(" | zu | viel")
    assert third[4] == "a\\u0000b"
    assert all(isinstance(cell, str) for line in lines for cell in line)


def test_a_trial_writes_nothing_and_says_the_same(receive, imports, csv_file, office, officer, now):
    imports(csv_file(row("1")))
    _, table = receive(csv_file(row("1"), row("2"), row("3", 留言主题="")))

    plan = plan_for(office, proposed_mapping(office, table), "wenzheng")
    trial = try_out(importer=IMPORTER, table=table, plan=plan, by=officer, now=now)

    assert (trial.new, trial.known, [one.number for one, _ in trial.refused]) == (1, 1, [4])
    assert Case.objects.count() == 1


def test_what_is_no_table_leaves_nothing_behind(receive, tmp_path, files_root):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(TableRefused):
        receive(path)

    assert not list((files_root / "imports").iterdir())
    assert not ImportRun.objects.exists()


def test_a_file_over_the_limit_is_not_kept(receive, csv_file, files_root, monkeypatch):
    monkeypatch.setattr(store, "MOST_BYTES", 100)
    with pytest.raises(TableRefused, match="the most that can be imported"):
        receive(csv_file(row("1")))

    assert not list((files_root / "imports").iterdir())


def test_uploads_expire_and_imported_files_go(receive, imports, csv_file, now, files_root):
    waiting, _ = receive(csv_file(row("1")), at=now - timedelta(hours=25))
    imports(csv_file(row("2"), row("3", 留言主题="")))
    assert [path.name for path in (files_root / "imports").iterdir()] == [str(waiting.key)]

    forget_expired(now=now)
    assert not ImportRun.objects.filter(pk=waiting.pk).exists()
    assert not list((files_root / "imports").iterdir())
    assert RefusedRow.objects.count() == 1

    forget_expired(now=now + timedelta(days=91))
    assert not RefusedRow.objects.exists()
    assert ImportRun.objects.get().refused == 1


def test_a_confirmed_import_is_not_discarded(receive, office, csv_file, now):
    run, table = receive(csv_file(row("1")))
    confirm_import(run=run, mapping=proposed_mapping(office, table), system="wenzheng", now=now)

    discard_upload(run=run)
    forget_expired(now=now + timedelta(days=9))

    assert carry_out(key=run.key, now=now).imported == 1


def test_the_file_of_an_import_that_never_ended_goes_in_time(receive, office, csv_file, files_root, now):
    run, table = receive(csv_file(row("1")))
    confirm_import(run=run, mapping=proposed_mapping(office, table), system="wenzheng", now=now)
    fresh, _ = receive(csv_file(row("2")), at=now + timedelta(days=14))
    nobodys = files_root / "imports" / str(uuid4())
    nobodys.write_bytes(b"x")
    for path in (files_root / "imports").iterdir():
        os.utime(path, (now.timestamp(), now.timestamp()))

    assert forget_files(now + timedelta(hours=23)) == 0
    assert forget_files(now + timedelta(days=13)) == 1
    assert {path.name for path in nobodys.parent.iterdir()} == {str(run.key), str(fresh.key)}
    assert forget_files(now + timedelta(days=14, minutes=1)) == 1
    assert [path.name for path in nobodys.parent.iterdir()] == [str(fresh.key)]


@pytest.mark.parametrize("system", ["", "  ", "x" * 41, "a\x00b"])
def test_the_system_needs_a_name(receive, office, csv_file, now, system):
    run, table = receive(csv_file(row("1")))
    with pytest.raises(Refused, match="1 to 40 characters"):
        confirm_import(run=run, mapping=proposed_mapping(office, table), system=system, now=now)


def test_columns_are_checked_before_they_are_confirmed(receive, csv_file, now):
    run, _ = receive(csv_file(row("1")))
    with pytest.raises(MappingRefused):
        confirm_import(run=run, mapping=ColumnMapping({Field.TITLE: 0}), system="wenzheng", now=now)


def test_an_upload_is_its_uploaders_and_an_import_its_bodys(
    receive, office, csv_file, now, officer, clerk, stranger
):
    run, table = receive(csv_file(row("1")))
    assert queries.get_run(IMPORTER, officer, run.key) == run
    assert queries.get_run(IMPORTER, clerk, run.key) is None
    confirm_import(run=run, mapping=proposed_mapping(office, table), system="wenzheng", now=now)

    assert queries.get_run(IMPORTER, clerk, run.key) == run
    assert queries.get_run(IMPORTER, stranger, run.key) is None
    assert importing_organization(clerk) == office


def test_only_the_own_body_sees_what_it_imported(imports, csv_file, clerk, stranger):
    imports(csv_file(row("1")))

    assert Case.objects.visible_to(clerk).count() == 1
    assert not Case.objects.visible_to(stranger).exists()
