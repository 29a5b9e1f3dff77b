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


def test_the_canonical_text_by_hand() -> None:
    """Sorted as trimmed cells before they are composed; é of two signs stands behind e and before f."""
    rows = [["f", "1"], [" \u3000e\u0301 ", "\t2\n"], ["é", "0"], ["e", "9"], ["E"], [], ["", ""]]
    assert Table("roster", rows).canonical == "\n\t\nE\ne\t9\né\t2\nf\t1\né\t0\n"


def test_rows_sort_by_cells_and_not_as_one_text() -> None:
    """A sign below the tab would stand before it: “a”, U+0001 comes after “a”, tab."""
    assert Table("roster", [["a\x01", "x"], ["a", "y"]]).canonical == "a\ty\na\x01\tx\n"
    assert Table("roster", [["a", "b"], ["a"], ["a\tb"]]).canonical == "a\na\tb\na\tb\n"


def test_rows_sort_by_code_point_and_not_by_utf_16() -> None:
    assert Table("roster", [["𠀀"], ["ﬀ"], ["z"], ["食"]]).canonical == "z\n食\nﬀ\n𠀀\n"


@given(tables, st.sampled_from(["", " ", "\u3000", "\x85", " \t"]))
def test_white_space_around_cells_plays_no_part(rows: list[list[str]], space: str) -> None:
    wider = [[f"{space}{cell}{space}" for cell in row] for row in rows]
    assert Table("roster", wider).canonical == Table("roster", rows).canonical


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_is_read_with_or_without_the_last(end: str, last: bool, mark: str) -> None:
    text = mark + end.join(["id,size", 'a,"1,5"', '"say ""b""",2', f'"c{end}d",3']) + end * last
    table = read_table(text.encode(), "roster.csv")
    assert table.head == ("id", "size")
    assert table.rows == [["a", "1,5"], ['say "b"', "2"], [f"c{end}d", "3"]]


def test_only_one_byte_order_mark_is_one() -> None:
    table = read_table("\ufeff\ufeffid\n\ufeffa\n".encode(), "roster.csv")
    assert (table.head, table.rows) == (("\ufeffid",), [["\ufeffa"]])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "latin-1"])
def test_a_table_of_another_encoding_is_told_how_to_be_saved(encoding: str) -> None:
    text = "id,stratum,size\nA,é,1\n" if encoding == "latin-1" else "编号,层\n甲,食品\n"
    with pytest.raises(
        Refused, match=r"^roster.csv, byte \d+: not UTF-8; expected is a table saved as “CSV UTF-8”$"
    ):
        read_table(text.encode(encoding), "roster.csv")


def test_a_cell_may_have_131072_signs_and_no_more() -> None:
    assert read_table(b"id\n" + b"x" * 131_072, "roster.csv").rows == [["x" * 131_072]]
    with pytest.raises(Refused, match=r"^roster.csv, line 3: field larger"):
        read_table(b"id\na\n" + b"x" * 131_073, "roster.csv")


def test_a_table_is_told_by_its_name_and_rows_and_not_by_its_head() -> None:
    assert Table("r", [["a"]], head=("id",)) == Table("r", [["a"]])
    assert Table("r", [["a"]]) != Table("q", [["a"]])
    assert "head" not in repr(Table("r", [], head=("id",)))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([], "r.csv, row 2: the field “id” is missing; expected are id, stratum, size, found is an empty line"),
        (["A"], "r.csv, row 2: the field “stratum” is missing; expected are id, stratum, size, found is A"),
        (
            ["A", "食\n品"],
            "r.csv, row 2: the field “size” is missing; expected are id, stratum, size, found is A, 食\\n品",
        ),
    ],
)
def test_what_a_row_lacks_is_told_word_by_word(cells: list[str], told: str) -> None:
    with pytest.raises(Refused) as refused:
        Table("r.csv", [cells]).require(["id", "stratum", "size"])
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (["x"], "r.csv, row 5: the field “x” is missing"),
        (["x", "y"], "r.csv, row 4: the field “y” is missing"),
        (["x", "y", "z"], "r.csv, row 3: the field “z” is missing"),
    ],
)
def test_the_first_short_row_is_told_and_longer_ones_are_not(columns: list[str], told: str) -> None:
    table = Table("r.csv", [["A", "B", "C"], ["A", "B"], ["A"], []])
    table.require([])
    with pytest.raises(Refused, match=f"^{told}"):
        table.require(columns)


@pytest.mark.parametrize(("cell", "told"), [(8, "8"), (None, "None"), (2.5, "2.5"), (b"8", "b'8'")])
def test_a_cell_that_a_program_made_is_not_hashed_as_something_or_other(cell: object, told: str) -> None:
    """8 could be hashed as “8” or as “8.0”: what is in the file decides."""
    table = Table("r.csv", [["A", "S", "8"], ["B", "S", cell]])  # type: ignore[list-item]
    with pytest.raises(Refused, match=f"r.csv, row 3: a cell is {told}, which is no text"):
        _ = table.canonical
