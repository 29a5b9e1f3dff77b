import io
import subprocess
import sys
import zipfile
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from zhicheng.ground.importing import reading, table, text_file, workbook
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.importing.table import TableRefused

MIDNIGHT = datetime.fromisoformat("2019-04-25")
TEXT = '留言编号,主题,内容\n1,漏水,"说“一”,\n换行"\n\n2,空鼓,\n'


@pytest.fixture
def write(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write


def book(*rows, sheets=()) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        moment = made.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        for name, lines in (("留言", rows), *sheets):
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, moment)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(write, encoding):
    read = read_table(write(TEXT.encode(encoding)), "earlier.csv")

    assert read.head == ("留言编号", "主题", "内容")
    assert [row.cells for row in read.rows] == [("1", "漏水", "说“一”,\n换行"), ("2", "空鼓", "")]


def test_rows_are_numbered_as_a_spreadsheet_does(write):
    """A cell with a line break is one row, an empty row counts."""
    assert [row.number for row in read_table(write(TEXT.encode()), "earlier.csv").rows] == [2, 4]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(write, delimiter):
    text = delimiter.join(("编号", "主题", "内容")) + "\n" + delimiter.join(("1", "漏水", '"一,二;三\t四"')) + "\n"

    (row,) = read_table(write(text.encode()), "earlier.csv").rows

    assert row.cells == ("1", "漏水", "一,二;三\t四")


def test_a_title_above_the_head_does_no_harm(write):
    read = read_table(write("2019年留言,,\n编号,主题,时间\n1,漏水,x\n".encode()), "earlier.csv")

    assert read.head == ("编号", "主题", "时间")
    assert [row.number for row in read.rows] == [3]


def test_short_rows_are_filled_and_long_ones_kept(write):
    read = read_table(write(b"a,b,c\n1\n1,2,3,,\n1,2,3,,5\n"), "earlier.csv")

    assert [row.cells for row in read.rows] == [("1", "", ""), ("1", "2", "3"), ("1", "2", "3", "", "5")]


def test_typed_cells_become_text_predictably(write):
    content = book(
        ("编号", "主题", "时间", "数", "真"),
        (2549, "=1+1", MIDNIGHT + timedelta(hours=9, minutes=32, seconds=9), 0.1, True),
        (7, None, MIDNIGHT, 12345678901, False),
    )

    first, second = read_table(write(content), "earlier.xlsx").rows

    assert first.cells[0] == "2549"
    assert first.cells[2:] == ("2019-04-25 09:32:09", "0.1", "TRUE")
    assert second.cells == ("7", "", "2019-04-25", "12345678901", "FALSE")


def test_the_first_sheet_that_holds_anything_is_read(write):
    content = book(sheets=(("二", [("编号", "主题"), (1, "漏水")]), ("三", [("x", "y")])))

    read = read_table(write(content), "earlier.xlsx")

    assert (read.sheet, read.other_sheets, len(read.rows)) == ("二", ("三",), 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("编号\n1\n2\n".encode(), "no row with the names"),
        ("编号,主题\n".encode(), "no row below"),
        ('编号,主题\n1,"漏水\n2,空鼓\n'.encode(), "row 2 (line 3): the quotation marks"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls"),
        (b"PK\x03\x04" + bytes(600), "damaged"),
        (b"a,b\n\xff\xff\n", "neither UTF-8 nor GB 18030 (byte 4)"),
    ],
)
def test_what_is_no_table_is_refused_by_name(write, content, said):
    with pytest.raises(TableRefused) as refused:
        read_table(write(content), "earlier.csv")

    assert "“earlier.csv”" in str(refused.value)
    assert said in str(refused.value)


def test_limits_name_what_was_found(write, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    monkeypatch.setattr(reading, "MOST_COLUMNS", 2)
    with pytest.raises(TableRefused, match=r"more than 2 rows \(row 4\)"):
        read_table(write(b"a,b\n1,2\n1,2\n1,2\n"), "earlier.csv")
    with pytest.raises(TableRefused, match="3 columns; at most 2"):
        read_table(write(b"a,b,c\n1,2,3\n"), "earlier.csv")
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(TableRefused, match="has 1 MB; at most"):
        read_table(write(b"a,b,c\n1,2,3\n"), "earlier.csv")


def test_an_endless_cell_is_refused_and_not_swallowed(write):
    with pytest.raises(TableRefused, match="row 2"):
        read_table(write(b'a,b\n1,"' + b"x" * 200_000 + b'"\n'), "earlier.csv")


def test_a_workbook_is_measured_before_it_is_unpacked(write, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_UNPACKED_BYTES", 1000)

    with pytest.raises(TableRefused, match="unpacked"):
        read_table(write(book(("编号", "主题"), (1, "漏水"))), "earlier.xlsx")


@pytest.mark.parametrize("place", ["XFD2", "A1048576", "xfd2", "A0000001048576", "A" + "0" * 40 + "1048576"])
@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "worksheets/sheet1.bin"])
def test_a_cell_in_the_last_corner_does_not_fill_the_memory(write, place, part):
    content = _with_cell_at(place, part)

    with pytest.raises(TableRefused, match=f"a cell at {place[:10]}"):
        read_table(write(content), "earlier.xlsx")


def test_blanks_between_the_pieces_hide_no_cell(write, monkeypatch):
    monkeypatch.setattr(workbook, "_CHUNK_BYTES", 150)
    content = _with_cell_at("XFD2", blanks=400)

    with pytest.raises(TableRefused, match="a cell at XFD2"):
        read_table(write(content), "earlier.xlsx")


def test_a_sheet_cannot_pass_for_the_texts(write):
    with pytest.raises(TableRefused, match="damaged"):
        read_table(write(_with_cell_at("XFD2", "sharedStrings.xml")), "earlier.xlsx")


def test_what_is_written_in_a_cell_is_no_place(write):
    assert read_table(write(book(("编号", "主题"), (1, ' r="XFD1048576"'))), "earlier.xlsx").rows


MANY_CELLS = 3_000_000
PEAK = """
import resource, sys
from pathlib import Path
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.importing.table import TableRefused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_table(Path(sys.argv[1]), "bomb.xlsx")
except TableRefused as refused:
    print(refused)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_part_that_unpacks_to_more_than_it_states_is_not_unpacked(write):
    """The directory states a thousandth, and the checksum of as much: who reads by it finds no fault."""
    path = write(_lying(b'<row><c r="A1"><v>1</v></c></row>' * MANY_CELLS, stated=100_000))
    assert path.stat().st_size < 1_000_000

    said, grown_kb = _read_apart(path)

    assert "“bomb.xlsx” is damaged" in said
    assert int(grown_kb) < 40_000


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_by_what_it_states(write):
    with pytest.raises(TableRefused, match="holds 2861 MB unpacked; a workbook may hold 500 MB"):
        read_table(write(_lying(b"", stated=3_000_000_000)), "bomb.xlsx")


def _read_apart(path: Path) -> list[str]:
    """What a process of its own says of a workbook, and by how many kilobytes it grew."""
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def _lying(cells: bytes, stated: int) -> bytes:
    """A workbook with so many cells, whose directory states another size of the sheet, and a checksum to match."""
    source, target = zipfile.ZipFile(io.BytesIO(book(("编号", "主题"), (1, 2)))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                before, after = content.split(b"</sheetData>")
                content = before + cells + b"</sheetData>" + after
            written.writestr(entry.filename, content)
            if entry.filename == "xl/worksheets/sheet1.xml":
                one = written.getinfo(entry.filename)
                one.file_size, one.CRC = stated, zlib.crc32(content[:stated])
    return target.getvalue()


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [table.column_letter(index) for index in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]


def test_text_without_any_delimiter_falls_back_to_commas():
    assert text_file.delimiter_of("编号\n1\n") == ","


def _with_cell_at(place: str, part: str = "worksheets/sheet1.xml", blanks: int = 0) -> bytes:
    """A small workbook whose sheet lies in `part` of it, with a cell that says that it is somewhere else."""
    source, target = zipfile.ZipFile(io.BytesIO(book(("编号", "主题"), (1, 2)))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for entry in source.infolist():
            name, content = entry.filename, source.read(entry).replace(b"worksheets/sheet1.xml", part.encode())
            if name == "xl/worksheets/sheet1.xml":
                assert b'r="B2"' in content
                name = f"xl/{part}"
                content = content.replace(b'r="B2"', f'r{" " * blanks}="{place}"'.encode())
            elif name == f"xl/{part}":
                continue
            written.writestr(name, content)
    return target.getvalue()
