import csv
import unicodedata
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhicheng.core.draws.tables import Table, read_table
from zhicheng.core.refused import Refused

cells = st.text(st.sampled_from("ab \t\n\x01\x1f,\"'é\u0301\u3000张𠀀"), max_size=4)
tables = st.lists(st.lists(cells, max_size=3), max_size=6)


def by_definition(rows: list[list[str]]) -> str:
    """The canonical text, cell by cell."""
    stripped = sorted([cell.strip() for cell in row] for row in rows)
    return "".join("\t".join(unicodedata.normalize("NFC", cell) for cell in row) + "\n" for row in stripped)


@given(tables)
@example([["a"], ["a", "b"], ["a\x01"]])
@example([["a\tb", "c"], ["a", "x"], ["a\tb"]])
@example([[], [""], ["", ""]])
def test_the_canonical_text_is_the_one_defined(rows: list[list[str]]) -> None:
    assert Table("roster", rows).canonical == by_definition(rows)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_plays_no_part(rows: list[list[str]], random) -> None:
    shuffled = random.sample(rows, len(rows))
    assert Table("roster", rows).canonical == Table("roster", shuffled).canonical


def test_the_canonical_text_leaves_the_rows_alone() -> None:
    table = Table("roster", [[" b "], ["a"]])
    assert table.canonical == "a\nb\n"
    assert table.rows == [[" b "], ["a"]]


@given(
    st.lists(st.lists(cells, min_size=1, max_size=3), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_spreadsheet_writes_is_read(rows: list[list[str]], end: str, mark: bool, quoting: int) -> None:
    file = StringIO()
    csv.writer(file, lineterminator=end, quoting=quoting).writerows([["head"], *rows])
    data = (b"\xef\xbb\xbf" if mark else b"") + file.getvalue().encode()
    assert read_table(data, "roster.csv").rows == rows


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"id,size\r\n"])
def test_a_file_without_rows_is_an_empty_table(data: bytes) -> None:
    assert read_table(data, "roster.csv").rows == []


def test_an_empty_line_is_an_empty_row() -> None:
    assert read_table(b"id\na\n\nb\n", "roster.csv").rows == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"id\n\xd6\xd0", "roster.csv, byte 4: not UTF-8"),
        (b"id\na" + b"x" * 140_000, "roster.csv, line 2: field larger than field limit"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read_table(data, "roster.csv")


def test_a_short_row_is_told_by_number_and_field() -> None:
    table = Table("roster.csv", [["A", "食品"], ["B"], []])
    with pytest.raises(Refused, match=r"roster.csv, row 3: the field “stratum” is missing; .* found is B"):
        table.require(["id", "stratum"])
    with pytest.raises(Refused, match=r"row 4: the field “id” is missing; .* found is an empty line"):
        table.require(["id"])
    Table("roster.csv", []).require(["id"])
