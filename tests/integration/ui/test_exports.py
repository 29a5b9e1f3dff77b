"""Exports: everything that is filtered and nothing else, typed, harmless, and in the ledger."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.http.response import HttpResponseBase
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from integration.ui.conftest import Ask, Places, acting
from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keyed_hash_of
from zhicheng.ground.ui.lists import export as exporting

pytestmark = pytest.mark.usefixtures("companies")
EXCEL, CSV = {"do": "export-xlsx"}, {"do": "export-csv"}
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://evil.example", '=HYPERLINK("x")', "＝1", " =1"]


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)  # type: ignore[call-overload, no-any-return]


def excel(response: HttpResponseBase) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(body(response))).get_sheet_by_index(0).to_python()


def parsed(response: HttpResponseBase) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def entries(user: User) -> list[dict[str, Any]]:
    kept = Entry.objects.filter(subject_kind="user", subject_id=user.pk, act="export").order_by("number")
    return [json.loads(bytes(entry.body))["body"] for entry in kept]


def test_excel_holds_every_page_of_what_is_filtered_typed_and_in_order(ask: Ask) -> None:
    heads, *rows = excel(ask(post=EXCEL, placed="1", sort="-since"))
    assert heads == ["Name", "Kind", "Place", "Since", "East", "Clock", "Code"]
    wanted = Organization.objects.filter(longitude__isnull=False, area_id=900_003)
    assert {row[0] for row in rows} == set(wanted.values_list("name", flat=True))
    assert len(rows) == 96
    days = [row[3] for row in rows if row[3] != ""]
    assert all(isinstance(day, date) for day in days)
    assert days == sorted(days, reverse=True)
    assert all(isinstance(row[4], float) for row in rows)
    assert {row[1] for row in rows} == {"company", "laboratory"}, "a state by its word"


def test_scope_holds_for_exports(ask: Ask, user: User, places: Places) -> None:
    rows = excel(ask(post=EXCEL, by=acting(user, places.other)))[1:]
    assert [row[2] for row in rows] == ["兖州区"] * 7


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_or_a_link(ask: Ask, companies: list[Organization], text: str) -> None:
    Organization.objects.filter(pk=companies[0].pk).update(name=text)
    raw = body(ask(post=EXCEL))
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    shown = {row[0] for row in CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()}
    assert text in shown
    kept = next(row[0] for row in parsed(ask(post=CSV)) if row[0].lstrip("'") == text or row[0] == text)
    assert kept.startswith("'") or text.startswith("http")


def test_the_sheet_has_frozen_heads_and_a_filter(ask: Ask) -> None:
    sheet = zipfile.ZipFile(io.BytesIO(body(ask(post=EXCEL)))).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:G121"/>' in sheet


def test_csv_is_utf8_with_a_mark_for_excel(ask: Ask) -> None:
    raw = body(ask(post=CSV, kind="company"))
    assert raw.startswith(b"\xef\xbb\xbf")
    heads, *rows = parsed(ask(post=CSV, kind="company"))
    assert heads[0] == "Name"
    assert len(rows) == 40
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|", rows[0][3])


MARK = "模拟数据 Simulated"


def test_a_simulated_site_says_so_in_every_row_and_the_first_line_stays_the_head(
    ask: Ask, settings: Settings, tmp_path: Path
) -> None:
    settings.SIMULATED = True
    for heads, *rows in (excel(ask(post=EXCEL)), parsed(ask(post=CSV))):
        assert (heads[0], heads[-1]) == ("Name", MARK)
        assert [row[-1] for row in rows] == [MARK] * 120
    content = body(ask(post=CSV))
    first = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (first["Name"], first[MARK]) == (parsed(ask(post=CSV))[1][0], MARK)
    for name, held in (("list.csv", content), ("list.xlsx", body(ask(post=EXCEL)))):
        (tmp_path / name).write_bytes(held)
        table = read_table(tmp_path / name, name)
        assert (table.head[0], table.head[-1], len(table.rows)) == ("Name", MARK, 120)


def test_an_export_is_in_the_ledger_without_what_was_searched_for(ask: Ask, user: User) -> None:
    ask(post=EXCEL, kind="company", q="企业00", sort="-name")
    assert entries(user) == [
        {
            "list": "test_companies", "format": "xlsx", "sort": "-name", "rows": 4, "simulated": False,
            "filter": {"kind": "company", "q": {"text": keyed_hash_of("企业00")}},
        }
    ]  # fmt: skip


def test_an_export_with_a_bad_filter_is_refused_because_it_would_hold_too_much(ask: Ask, user: User) -> None:
    response = ask(post=EXCEL, kind="nonsense")
    assert response.status_code == 302
    assert response.request_messages == ["Put the filters right first."]  # type: ignore[attr-defined]
    assert entries(user) == []


def test_too_many_rows_are_refused_before_any_is_read(ask: Ask, user: User) -> None:
    with patch.object(exporting, "MOST_ROWS", 119):
        response = ask(post=EXCEL)
    assert "more than 119 rows" in response.request_messages[0]  # type: ignore[attr-defined]
    assert entries(user) == []
    with patch.object(exporting, "MOST_ROWS", 120):
        assert len(excel(ask(post=EXCEL))) == 121


def test_only_people_who_signed_in_export(ask: Ask, places: Places) -> None:
    response = ask(post=EXCEL, by=Actor("public", "public"))
    assert response.request_messages == ["Sign in to export this list."]  # type: ignore[attr-defined]


def test_portions_join_without_loss(ask: Ask) -> None:
    with patch.object(exporting, "PORTION", 7):
        rows = excel(ask(post=EXCEL))[1:]
    assert len({row[0] for row in rows}) == 120


def test_getting_the_address_exports_nothing(ask: Ask, user: User) -> None:
    assert ask(do="export-xlsx").status_code == 200
    assert ask(post={"do": "anything"}).status_code == 400
    assert entries(user) == []
