"""A table of another hotline's work orders: live cases by its numbers, bad rows told, twice is once."""

import io
from dataclasses import replace
from datetime import datetime

import pytest
from python_calamine import CalamineWorkbook

from integration.cases.conftest import City
from integration.cases.work_orders.conftest import HEAD, SYSTEM_NAME, Import, order, reasons
from zhicheng.cases.api import Case, Complaint, housing_of, loop_of, open_case
from zhicheng.cases.exchange.queries import find_external
from zhicheng.cases.work_orders import recording
from zhicheng.cases.work_orders.importer import IMPORTER
from zhicheng.cases.work_orders.places import Places
from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area, get_area
from zhicheng.ground.importing.api import refused_of, write_errors
from zhicheng.ground.importing.models import RefusedRow
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import rotate_keys, unseal


def counts(run: object) -> tuple[int, int, int, int]:
    return (run.rows_done, run.imported, run.known, run.refused)  # type: ignore[attr-defined]


def test_a_work_order_becomes_a_live_case_of_the_competent_body(
    imports: Import, city: City, agent: Actor, now: datetime
) -> None:
    run = imports(order("GD20261122001"))
    assert counts(run) == (1, 1, 0, 0), reasons(run)
    case = Case.objects.get()
    assert (case.external_system, case.external_number) == (SYSTEM_NAME, "GD20261122001")
    assert (case.historical, case.source, case.received_at) == (False, "hotline", now)
    assert (case.category.code, case.area.name, case.respondent) == ("leak", "滕州市", "某某置业")
    assert (loop_of(case).state, housing_of(case).state, housing_of(case).holder) == (
        "open",
        "received",
        city.bureau,
    )
    assert housing_of(case).due_at is not None
    clock = case.external_clock
    assert clock.received_at == datetime(2026, 11, 22, 16, 5, tzinfo=LOCAL)
    assert clock.due_at == datetime(2026, 11, 30, 18, tzinfo=LOCAL)
    assert case.reporter is not None
    assert (case.reporter.masked.name, case.reporter.masked.phone) == ("王**", "138****1234")
    assert unseal(case.reporter.address_sealed) == "阳光花园3号楼501室"
    assert "王明" not in case.title + case.description
    assert find_external(agent, SYSTEM_NAME, "GD20261122001") == case
    assert [entry.act for entry in list_entries(("import", run.id))] == ["import.finish"]
    assert verify().sound


def test_imported_again_it_is_one_case(imports: Import) -> None:
    imports(order("1"), order("2"))
    again = imports(order("1"), order("2"), order("3"))
    assert counts(again) == (3, 1, 2, 0)
    assert Case.objects.count() == 3


def test_what_came_over_the_interface_is_known_too(imports: Import, complaint: Complaint, now: datetime) -> None:
    sent = replace(
        complaint, description="卫生间顶板渗漏，物业不处理。", external_system=SYSTEM_NAME, external_number="7"
    )
    open_case(complaint=sent, now=now)
    run = imports(order("7"), order("8"))
    assert counts(run) == (2, 1, 1, 0)
    assert Case.objects.count() == 2


def test_a_changed_order_is_told_and_the_case_left_alone(imports: Import) -> None:
    imports(order("1"))
    run = imports(order("1", 诉求内容="完全不同的另一件事情。"))
    assert counts(run) == (1, 0, 0, 1)
    assert reasons(run) == [(2, "description", "Already imported with other content; the case is left as it is.")]
    assert Case.objects.get().description == "卫生间顶板渗漏，物业不处理。"


BAD = {
    "工单编号": ("", "number", "Empty; expected is a value in every row."),
    "诉求内容": ("漏", "description", "1 characters; at least 4 are needed."),
    "区县": ("亚特兰蒂斯", "area", "No county or township of 枣庄市 is called so; expected is a name or a code"),
    "联系电话": ("1380000", "phone", "Not a telephone number"),
    "来电时间": ("昨天", "received_at", "Not a time that can be read"),
    "办结期限": ("2026-11-22 16:00", "due_at", "Not after the order was received there"),
    "诉求分类": ("颜色不好看", "category", "Not a category; expected is the code or the words of one."),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_told_with_field_and_reason_and_good_ones_go_in(imports: Import, name: str) -> None:
    value, field, said = BAD[name]
    run = imports(order("1"), order("" if name == "工单编号" else "2", **{name: value}), order("3"))
    assert counts(run) == (3, 2, 0, 1)
    [(row, at, reason)] = reasons(run)
    assert (row, at) == (3, field)
    assert said in reason
    assert Case.objects.count() == 2


def test_a_category_that_is_none_is_told_with_what_the_text_says(imports: Import) -> None:
    run = imports(order("1", 诉求分类="其他诉求", 诉求内容="楼上卫生间渗漏，天花板渗漏滴水，墙面渗漏发霉。"))
    assert "By the text perhaps: 渗漏" in reasons(run)[0][2]


def test_what_a_table_asks_at_the_opening_is_asked_of_the_row(imports: Import) -> None:
    """A market complaint says what is asked for; where nobody is competent, it is said as well."""
    run = imports(order("1", 诉求分类="no_refund"))
    assert [(field, reason) for _, field, reason in reasons(run)] == [
        ("demand", "Empty; in matters of this category it has to be said.")
    ]
    assert counts(imports(order("2", 诉求分类="no_refund", 诉求目的="退款三百元")))[1] == 1


def test_what_is_kept_of_refused_rows_is_sealed_and_can_be_mended(imports: Import) -> None:
    run = imports(order("1", 联系电话="1380000"))
    kept = RefusedRow.objects.get()
    assert kept.cells == []
    assert "1380000" not in kept.sealed + str(kept.problems)
    assert "王明" not in kept.sealed + str(kept.problems)
    file = io.BytesIO()
    assert write_errors(file, run.head, refused_of(run), IMPORTER.labels) == 1
    file.seek(0)
    heads, line = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert heads[: len(HEAD)] == list(HEAD)
    assert line[: len(HEAD)] == list(order("1", 联系电话="1380000"))
    assert line[-3:] == ["Telephone of the reporter", "", line[-1]]
    assert rotate_keys() == 0


def test_the_name_of_the_hotline_is_that_of_the_interface(imports: Import) -> None:
    for name in ("", "济宁12345", "Jining 12345", "x" * 41):
        with pytest.raises(Refused, match="small letters, digits"):
            imports(order("1"), system=name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("滕州市", "滕州市"), ("枣庄市滕州市北辛街道", "北辛街道"), ("滕州市北辛街道办事处", "北辛街道"),
        ("北辛街道", "北辛街道"), ("370481", "滕州市"), ("370481000000", "滕州市"),
    ],
)  # fmt: skip
def test_places_are_found_by_name_or_code(city: City, text: str, found: str) -> None:
    assert Places(get_area("3704"), city.town.valid_from).find(text).name == found


@pytest.mark.parametrize("text", ["济宁市任城区", "370811", "999999999999", "12", "街道", ""])
def test_what_is_no_place_here_is_refused(city: City, text: str) -> None:
    with pytest.raises(Refused):
        Places(get_area("3704"), city.town.valid_from).find(text)


def test_two_places_of_one_name_need_the_county(city: City) -> None:
    county = get_area("370403")
    Area.objects.create(
        id=999_999, code="370403999000", level=4, name="北辛街道", sort_key="b", kind="subdistrict", parent=county,
        path=f"{county.path}999999/", valid_from=county.valid_from,
    )  # fmt: skip
    places = Places(get_area("3704"), city.town.valid_from)
    with pytest.raises(Refused, match="2 areas"):
        places.find("北辛街道")
    assert places.find("薛城区北辛街道").id == 999_999


def test_a_row_that_cannot_be_opened_after_all_leaves_nothing(
    imports: Import, monkeypatch: pytest.MonkeyPatch, centre: Organization
) -> None:
    opened = recording.open_case

    def broken(**given: object) -> object:
        receipt = opened(**given)
        if given["complaint"].external_number == "2":  # type: ignore[attr-defined]
            raise Refused("No body is competent for {area} in this matter.", area="滕州市")
        return receipt

    monkeypatch.setattr(recording, "open_case", broken)
    run = imports(order("1"), order("2"), order("3"))
    assert counts(run) == (3, 2, 0, 1)
    assert sorted(Case.objects.values_list("external_number", flat=True)) == ["1", "3"]
    assert reasons(run)[0][0] == 3
    assert verify().sound
