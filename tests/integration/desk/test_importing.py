"""Companies and buildings from a table: good rows stay, bad rows are told at their field, twice is once."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.codes import make_organization_code, make_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.desk.records.columns import Field, checked, guess_columns
from zhicheng.desk.records.commands import app
from zhicheng.desk.records.importing import import_table
from zhicheng.ground.areas.api import Area
from zhicheng.ground.importing.problems import shortened
from zhicheng.ground.importing.registry import Outcome
from zhicheng.ground.importing.table import Row as TableRow
from zhicheng.ground.importing.table import Table
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.objects.api import Responsibility, Site, flat, responsibility_chain
from zhicheng.ground.parties.api import Organization

HEAD = ("小区名称", "楼号", "区划代码", "竣工日期", "建设单位", "施工单位", "分包单位", "备注")
BUILDINGS = (
    ("锦绣花园", "1号楼", "370811", "2020年5月1日", "锦绣置业", "鲁南建工", "防水公司", "x"),
    ("锦绣花园", "2号楼", "", "2020-05-01", "锦绣置业", "鲁南建工", "", ""),
)
CODE = make_social_credit_code("91370811" + make_organization_code("MA012345"))


def table(head: Sequence[str], *rows: Sequence[str]) -> Table:
    return Table(tuple(head), tuple(TableRow(number, tuple(cells)) for number, cells in enumerate(rows, start=2)))


@pytest.fixture
def clerk(county: Area) -> Actor:
    reach = Reach(Role.CLERK, frozenset({7}), (county.path,), frozenset({Domain.HOUSING}))
    return Actor("user:4", "Wu", (reach,), user_id=4)


def run(read: Table, county: Area, by: Actor, now: datetime, *, keep: bool = True) -> Outcome:
    return import_table(table=read, columns=guess_columns(read.head), within=county, by=by, now=now, keep=keep)


def test_buildings_come_with_their_estate_and_its_chain_and_once(
    county: Area, clerk: Actor, now: datetime
) -> None:
    read = table(HEAD, *BUILDINGS)
    report = run(read, county, clerk, now)
    assert (report.new, report.known, report.refused) == (2, 0, ())
    first = Site.objects.get(name="1号楼")
    assert (first.parent and first.parent.name, first.completed_on) == ("锦绣花园", date(2020, 5, 1))
    chain = [(link.depth, link.role, link.organization_name) for link in flat(responsibility_chain(first))]
    assert chain == [(0, "developer", "锦绣置业"), (1, "contractor", "鲁南建工"), (2, "subcontractor", "防水公司")]
    counts = [model.objects.count() for model in (Site, Organization, Responsibility, Entry)]
    again = run(read, county, clerk, now)
    assert (again.new, again.known, again.refused) == (0, 2, ())
    assert counts == [model.objects.count() for model in (Site, Organization, Responsibility, Entry)]


def test_companies_are_told_by_their_codes(county: Area, clerk: Actor, now: datetime) -> None:
    head = ("企业名称", "统一社会信用代码", "行业代码")
    wrong = CODE[:-1] + ("A" if CODE[-1] != "A" else "B")
    read = table(
        head, ("晨光建筑", CODE, "E4710"), ("晨星建筑", CODE, ""), ("晨曦建筑", wrong, ""), ("", "", "98")
    )
    report = run(read, county, clerk, now)
    assert (report.new, report.known) == (1, 0)
    assert [(one.row, one.field) for _, problems in report.refused for one in problems] == [
        (3, Field.USCC), (4, None), (5, Field.COMPANY),
    ]  # fmt: skip
    assert Organization.objects.get(uscc=CODE).industry == "4710"


def test_a_place_that_is_new_today_is_found_before_eight_in_the_morning(county: Area, clerk: Actor) -> None:
    town = Area.objects.create(
        id=900_010, code="370811100000", level=4, name="新城镇", sort_key="xin", kind="town", parent=county,
        path=f"{county.path}900010/", valid_from=date(2026, 11, 23),
    )  # fmt: skip
    early = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    report = run(table(("企业名称", "区划"), ("晨光建筑", "新城镇")), county, clerk, early)
    assert (report.new, report.refused) == (1, ())
    assert Organization.objects.get(name="晨光建筑").area == town


@pytest.mark.parametrize(
    ("place", "value", "at"),
    [(1, "楼" * 121, Field.BUILDING), (2, "999999", Field.AREA), (3, "5/1/2020", Field.COMPLETED_ON)],
)
def test_a_bad_row_is_told_at_its_field_and_leaves_nothing(
    county: Area, clerk: Actor, now: datetime, place: int, value: str, at: Field
) -> None:
    bad = tuple(value if column == place else cell for column, cell in enumerate(BUILDINGS[0]))
    report = run(table(HEAD, bad, BUILDINGS[1]), county, clerk, now)
    ((_, (problem,)),) = report.refused
    assert (problem.row, problem.field, problem.value) == (2, at, shortened(value))
    assert list(Site.objects.order_by("id").values_list("name", flat=True)) == ["锦绣花园", "2号楼"]


def test_whoever_is_not_competent_imports_nothing(county: Area, now: datetime) -> None:
    stranger = Actor("user:5", "Sun", (Reach(Role.CLERK, frozenset({8}), ("/1/",), frozenset(Domain)),))
    report = run(table(HEAD, *BUILDINGS), county, stranger, now)
    assert (report.new, len(report.refused)) == (0, 2)
    assert not Site.objects.exists()
    assert not Organization.objects.exists()


def test_a_trial_writes_nothing(county: Area, clerk: Actor, now: datetime) -> None:
    assert run(table(HEAD, *BUILDINGS), county, clerk, now, keep=False).new == 2
    assert not Site.objects.exists()


def test_a_row_that_has_shifted_or_is_no_text_is_refused_whole(county: Area, clerk: Actor, now: datetime) -> None:
    odd = ("锦绣花园", "2\x00号楼", *BUILDINGS[1][2:])
    report = run(table(HEAD, (*BUILDINGS[0], "zu viel"), odd), county, clerk, now)
    assert [(one.row, one.field) for _, problems in report.refused for one in problems] == [
        (2, None), (3, Field.BUILDING),
    ]  # fmt: skip
    assert not Site.objects.exists()


def test_a_table_that_names_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="company"):
        checked(guess_columns(("备注", "地址")))


def test_the_command_tells_and_writes_what_it_refused(county: Area, tmp_path: Path) -> None:
    file, errors = tmp_path / "buildings.csv", tmp_path / "errors.xlsx"
    bad = ("锦绣花园", "3号楼", "999999", *BUILDINGS[0][3:])
    lines = (HEAD, *BUILDINGS, bad)
    file.write_text("\n".join(",".join(cells) for cells in lines), encoding="utf-8")
    result = CliRunner().invoke(app, [str(file), "--area", "370811", "--errors", str(errors)])
    assert result.exit_code == 0, result.output
    assert re.search(r"\b2\b.*\b0\b.*\b1\b", result.output)
    assert "999999" in result.output
    assert errors.stat().st_size > 0
