"""`zhicheng cases import`: what it prints, and that a dry run writes nothing."""

from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from integration.cases.importing.earlier_files import row
from zhicheng.cases.commands import app
from zhicheng.cases.models import Case
from zhicheng.core.refused import Refused
from zhicheng.ground.access.models import Grant
from zhicheng.ground.importing.models import ImportRun


@pytest.fixture
def cases(office, now):
    """Runs `zhicheng cases import` for the office."""

    def run(*arguments, organization="office", raises=None):
        outcome = CliRunner().invoke(
            app,
            ["import", *map(str, arguments), "--organization", organization, "--system", "wenzheng"],
            catch_exceptions=True,
        )
        if raises:
            assert isinstance(outcome.exception, raises), outcome.output
            return str(outcome.exception)
        assert outcome.exit_code == 0, outcome.exception
        return outcome.output

    return run


def test_a_file_is_imported_and_what_was_refused_is_told(cases, csv_file, tmp_path):
    errors = tmp_path / "errors.xlsx"
    path = csv_file(row("1"), row("2", 答复时间="2018/4/24"))

    printed = cases(path, "--errors", errors)

    assert Case.objects.count() == 1
    assert "D 留言时间" in printed
    assert "2018/4/24" in printed
    assert "2/2" in printed
    lines = CalamineWorkbook.from_path(str(errors)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines] == ["留言编号", "2"]
    assert ImportRun.objects.get().actor == "system:command_line"


def test_a_dry_run_writes_nothing(cases, csv_file):
    printed = cases(csv_file(row("1"), row("2", 答复时间="2018/4/24")), "--dry-run")

    assert "2018/4/24" in printed
    assert not Case.objects.exists()
    assert not ImportRun.objects.exists()


def test_columns_are_changed_by_name(cases, csv_file, officer):
    path = csv_file(row("1"))

    cases(path, "--mapping", "title=留言详情", "--mapping", "description=", "--mapping", "reply=", "--by", "li")

    case = Case.objects.get()
    assert (case.title, case.description, case.reply) == ("下雨就漏", "", "")
    assert ImportRun.objects.get().actor == officer.key


@pytest.mark.parametrize("change", ["colour=留言主题", "title=没有", "number="])
def test_a_wrong_mapping_is_told(cases, csv_file, change):
    cases(csv_file(row("1")), "--mapping", change, raises=Refused)
    assert not Case.objects.exists()


def test_an_unknown_person_or_body_is_told(cases, csv_file):
    path = csv_file(row("1"))
    assert "nobody" in cases(path, "--by", "nobody", raises=Refused)
    assert "elsewhere" in cases(path, organization="elsewhere", raises=Refused)


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_nobody_imports_for_a_body_they_may_not_import_for(cases, csv_file, stranger, officer, arguments):
    told = cases(csv_file(row("1")), "--by", "zhao", *arguments, raises=Refused)
    assert told == "“zhao” is no clerk or officer of 任城区信访局."
    Grant.objects.update(valid_to=date(2026, 1, 1))
    cases(csv_file(row("1")), "--by", "li", *arguments, raises=Refused)
    assert not Case.objects.exists()
    assert not ImportRun.objects.exists()
