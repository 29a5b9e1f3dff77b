"""Work orders of another hotline in the browser and in the terminal: taken from a table, and answered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from typer.testing import CliRunner

from integration.cases.work_orders.conftest import HEAD, order
from web.walk.people import City
from zhicheng.cases.api import Case
from zhicheng.cases.models import AnswerSheet
from zhicheng.cases.work_orders.commands import app
from zhicheng.ground.importing import tasks
from zhicheng.ground.importing.api import ImportRun

ORDERS, UPLOAD, ANSWERS = (
    "/desk/cases/work-orders/",
    "/desk/cases/work-orders/import/",
    "/desk/cases/work-orders/answers/",
)
SYSTEM = "shandong-12345"
COLUMNS = {
    "number": "0", "name": "1", "phone": "2", "received_at": "3", "due_at": "4", "area": "5", "township": "6",
    "place": "7", "category": "8", "description": "9", "respondent": "10", "demand": "11",
}  # fmt: skip


@pytest.fixture
def client(browsing: City) -> Client:
    """The browser of somebody who takes the city's calls."""
    return browsing.people["caller"].browser()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def table(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(cells) for cells in (HEAD, *rows)).encode()


def imported(client: Client, *rows: tuple[str, ...]) -> str:
    """Imports a table as somebody does; gives the page of the import."""
    sent = client.post(UPLOAD, {"file": SimpleUploadedFile("orders.csv", table(*rows), "text/csv")})
    page = str(sent["Location"])
    confirmed = client.post(page, {**COLUMNS, "system": SYSTEM, "do": "import"})
    assert confirmed.status_code == 302, confirmed.content.decode()
    tasks.carry_out_import(key=str(ImportRun.objects.latest("id").key))
    return page


def test_a_table_is_looked_at_confirmed_and_taken(client: Client) -> None:
    rows = order("GD1", 联系电话="138 0000 1234"), order("GD2", 区县="亚特兰蒂斯")
    sent = client.post(UPLOAD, {"file": SimpleUploadedFile("orders.csv", table(*rows), "text/csv")})
    looked = client.get(sent["Location"]).content.decode()
    assert "138****1234" in looked
    assert "王**" in looked
    assert "13800001234" not in looked
    assert 'value="4" selected' in looked, "the limit is guessed"
    page = imported(client, *rows)
    result = client.get(page).content.decode()
    assert "No county or township" in result
    refused = client.get(f"{page}refused.xlsx")
    assert b"".join(refused.streaming_content).startswith(b"PK")
    listed = client.get(ORDERS).content.decode()
    assert "GD1" in listed
    assert "GD2" not in listed
    case = client.get(f"/desk/cases/{Case.objects.get(external_number='GD1').number}/").content.decode()
    assert f"{SYSTEM} GD1" in case
    assert "2026-11-30" in case


def test_what_their_words_mean_is_said_once(client: Client) -> None:
    """Asked of what names no category of ours, kept with the columns, and given back in the next file."""
    rows = order("GD1", 诉求分类="房子漏水"), order("GD2", 诉求分类="房子漏水"), order("GD3", 诉求分类="路灯")
    sent = client.post(UPLOAD, {"file": SimpleUploadedFile("orders.csv", table(*rows), "text/csv")})
    asked = re.findall(r'name="(means-\w+)"', looked := client.get(sent["Location"]).content.decode())
    assert "Their “房子漏水” is here" in looked
    assert looked.index("房子漏水” is") < looked.index("路灯” is"), "those of most rows first"
    said = {**COLUMNS, "system": SYSTEM, asked[0]: "leak"}
    tried = client.post(sent["Location"], {**said, "do": "preview"}).content.decode()
    assert re.search(r"Would be imported\D+2\D+Known already\D+0\D+Would be refused\D+1\D", tried)
    client.post(sent["Location"], {**said, "do": "import"})
    tasks.carry_out_import(key=str(ImportRun.objects.latest("id").key))
    assert {one.category.code for one in Case.objects.filter(external_system=SYSTEM) if one.category} == {"leak"}
    again = client.post(UPLOAD, {"file": SimpleUploadedFile("next.csv", table(*rows), "text/csv")})
    assert '<option value="leak" selected' in client.get(again["Location"]).content.decode()
    wrong = client.post(sent := again["Location"], {**said, asked[1]: "nonsense", "do": "import"})
    assert wrong.status_code == 422
    assert client.post(sent, {**said, asked[0]: "", "do": "preview"}).content.decode().count("selected") < 20


def test_a_wrong_name_of_the_hotline_is_told_and_the_columns_stay(client: Client) -> None:
    sent = client.post(UPLOAD, {"file": SimpleUploadedFile("orders.csv", table(order("1")), "text/csv")})
    wrong = client.post(sent["Location"], {**COLUMNS, "system": "济宁 12345", "do": "import"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "small letters, digits" in text
    assert 'value="济宁 12345"' in text
    assert not Case.objects.filter(external_system__gt="").filter(historical=False).exists()


def test_answers_are_handed_over_listed_and_downloaded_again(client: Client) -> None:
    assert "Import the table of another hotline first." in client.get(ANSWERS).content.decode()
    imported(client, order("GD1"), order("GD2"))
    made = client.post(ANSWERS, {"system": SYSTEM, "what": "new"})
    sheet = AnswerSheet.objects.latest("id")
    assert (made.status_code, made["Location"], sheet.rows) == (302, f"{ANSWERS}{sheet.pk}/", 2)
    assert "Received, not yet accepted" in client.get(made["Location"]).content.decode()
    for ending, begins in (("xlsx", b"PK"), ("csv", "\ufeff".encode())):
        file = client.get(f"{ANSWERS}{sheet.pk}/answers.{ending}")
        assert b"".join(file.streaming_content).startswith(begins)
        assert f"{SYSTEM} {sheet.pk}.{ending}" in file["Content-Disposition"]
    again = client.post(ANSWERS, {"system": SYSTEM, "what": "new"})
    assert again.status_code == 422
    assert "nothing to tell" in again.content.decode()
    assert f"{ANSWERS}{sheet.pk}/" in client.get(ANSWERS).content.decode()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, "a period has a first and a last one"),
        ({"first_on": "2026-11-23", "last_on": "2026-11-01"}, "ends before it begins"),
        ({"first_on": "gestern", "last_on": "2026-11-01"}, "must be a date such as 2026-11-23"),
    ],
)
def test_a_period_that_is_none_is_told(client: Client, days: dict[str, str], said: str) -> None:
    imported(client, order("GD1"))
    refused = client.post(ANSWERS, {"system": SYSTEM, "what": "period", **days})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert said in text
    assert all(f'value="{day}"' in text for day in days.values())
    assert not AnswerSheet.objects.filter(system=SYSTEM).exists()


@pytest.fixture
def told(browsing: City, tmp_path: Path) -> CliRunner:
    """The command line, and a table to give it."""
    (tmp_path / "orders.csv").write_bytes(table(order("GD1"), order("GD2", 诉求分类="颜色")))
    return CliRunner()


def test_the_same_by_command(told: CliRunner, tmp_path: Path) -> None:
    said = ["--organization", "zaozhuang-12345", "--system", SYSTEM, "--by", "st-caller"]
    orders, errors, answers = (str(tmp_path / name) for name in ("orders.csv", "bad.xlsx", "answers.csv"))
    tried = told.invoke(app, ["import", orders, *said, "--dry-run"], catch_exceptions=False)
    assert "1 rows would be imported, 0 are known already, 1 would be refused." in tried.output
    done = told.invoke(app, ["import", orders, *said, "--errors", errors], catch_exceptions=False)
    assert "1 rows imported, 0 known already, 1 refused." in done.output
    assert "Row 3, Category, “颜色”: Not a category" in done.output
    wrong = told.invoke(app, ["import", orders, *said, "--means", "颜色=colour"])
    assert "“颜色=colour”: expected are their words, then =" in str(wrong.exception)
    meant = told.invoke(
        app, ["import", orders, *said, "--means", "颜色=leak", "--dry-run"], catch_exceptions=False
    )
    assert "1 rows would be imported, 1 are known already, 0 would be refused." in meant.output
    again = told.invoke(app, ["import", orders, *said], catch_exceptions=False)
    assert "0 rows imported, 1 known already, 1 refused." in again.output
    waiting = told.invoke(app, ["answer", answers, *said, "--dry-run"], catch_exceptions=False)
    assert "1 answers would be handed over." in waiting.output
    assert not Path(answers).exists()
    with pytest.raises(FileNotFoundError):
        told.invoke(app, ["answer", str(tmp_path / "absent" / "answers.csv"), *said], catch_exceptions=False)
    assert not AnswerSheet.objects.filter(system=SYSTEM).exists(), "what could not be written is not handed over"
    given = told.invoke(app, ["answer", answers, *said], catch_exceptions=False)
    assert "1 answers are written down as handed over" in given.output
    assert "GD1" in Path(answers).read_text(encoding="utf-8-sig")


def test_nobody_else_does_it_by_command(told: CliRunner, tmp_path: Path) -> None:
    said = ["--organization", "zaozhuang-12345", "--system", SYSTEM, "--by", "t-officer"]
    done = told.invoke(app, ["import", str(tmp_path / "orders.csv"), *said])
    assert "takes no calls for" in str(done.exception)
