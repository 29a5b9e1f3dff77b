"""What the browser reads and writes of files is what Python's own library reads and writes."""

import csv
import hashlib
import io
import json
import unicodedata
from base64 import b64encode
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.assets.draws.asking import ask, ask_all

SIGNS = 'ab,"\n\r \t\u3000\x1c\x85\ufeff\u200b\ue000\U0001f40d\uffe6e\u0301\u00e9가'
FEW = settings(max_examples=4, deadline=None)
"""Each example asks Node once, about many things."""
texts = st.lists(st.text(alphabet=SIGNS, max_size=12), min_size=60, max_size=90)
number = st.from_regex(r"[-+]?[0-9_]{0,6}(\.[0-9_]{0,4})?([/eE][-+]?[0-9_]{0,3})?", fullmatch=True)
numbers = st.lists(number, min_size=60, max_size=90)
AWKWARD = (
    " 7 ", "\u30004", "１２", "\u0663.\u0661", "1__0", "_1", "1_", ".", "5.", "2/0", "1/2e3",
    "\x1c9", "\x1c１", "9" * 4301,
)  # fmt: skip


def answers(name: str, given: list[str]) -> list[object]:
    """The answers to the same question about several texts; `None` where one was refused."""
    return [one.get("answer") for one in ask_all({"ask": name, "text": text} for text in given)]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read(kind: type[int] | type[Fraction], text: str) -> str | None:
    try:
        return str(kind(text))
    except (ValueError, ZeroDivisionError):
        return None


@FEW
@given(texts)
def test_tables(given: list[str]) -> None:
    assert answers("csv", given) == [rows(text) for text in given]


@FEW
@given(texts)
def test_canonical_tables(given: list[str]) -> None:
    expected = [
        "".join(
            "\t".join(unicodedata.normalize("NFC", cell) for cell in row) + "\n"
            for row in sorted([cell.strip() for cell in row] for row in rows(text))
        )
        for text in given
    ]
    assert answers("canonical", given) == expected


def test_white_space_is_what_python_strips() -> None:
    given = [f"{chr(point)}a{chr(point)}" for point in range(0x3100) if not 0xD800 <= point < 0xE000]
    given += ["\ufeffa\ufeff", "\u180ea", ""]
    assert answers("strip", given) == [text.strip() for text in given]


@FEW
@given(numbers)
def test_sizes_and_capacities(given: list[str]) -> None:
    given = [
        *given,
        " 7 ",
        "\u30004",
        "１２",
        "\u0663.\u0661",
        "1__0",
        "_1",
        "1_",
        ".",
        "5.",
        "2/0",
        "1/2e3",
        "\x1c9",
        "9" * 4301,
    ]
    assert answers("fraction", given) == [read(Fraction, text) for text in given]
    assert answers("whole", given) == [read(int, text) for text in given]


def test_a_power_that_keeps_a_computer_busy_is_refused_at_once() -> None:
    assert answers("fraction", ["1e999999999", "1e-1000001"]) == [None, None]
    assert answers("fraction", ["0e9999", "1e6000"]) == ["0", "1" + "0" * 6000]


@FEW
@given(st.lists(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=SIGNS + '\\\x00\x1f\x7f\u2028"/'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(SIGNS, max_size=4), inner, max_size=4),
    max_leaves=12,
), min_size=60, max_size=90))  # fmt: skip
def test_json(values: list[object]) -> None:
    given = [json.dumps(value, ensure_ascii=at % 2 == 0) for at, value in enumerate(values)]
    expected = [json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for value in values]
    assert answers("compact", given) == expected
    assert answers("indented", given) == [json.dumps(value, indent=1, ensure_ascii=False) for value in values]


def test_numbers_of_json_are_written_as_python_writes_them() -> None:
    random = Random(3)
    given = [f"{random.uniform(-10, 10)}e{random.randint(-30, 30)}" for _ in range(500)]
    given += [
        "1e3",
        "1.0",
        "-0",
        "-0.0",
        "1e400",
        "-1e400",
        "5e-324",
        "1e16",
        "1e15",
        "0.0001",
        "0.00001",
        "9" * 40,
    ]
    assert answers("compact", given) == [json.dumps(json.loads(text)) for text in given]


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", "{'a': 1}", "01", "1.", "+1", "nul", '"\n"', '"\\x"', '{"a" 1}', "[1] 2", "\ufeff1"]
)  # fmt: skip
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — it is Python's own
        json.loads(text)
    assert ask(ask="compact", text=text)["refused"] == "not-json"


def test_json_is_read_as_deep_and_as_long_as_python_reads_it() -> None:
    given = ["-" + "9" * 4300, "[" * 899 + "]" * 899]
    assert answers("compact", given) == given
    refused = ["-" + "9" * 4301, "[" * 100_000]
    assert answers("compact", refused) == [None, None]


def test_a_fault_in_json_is_told_with_its_line() -> None:
    refused = ask(ask="compact", text='{\n "a": 1,\n "b": x\n}')
    assert refused["values"] == {"file": "text", "line": "3"}


@pytest.mark.parametrize("content", [b"\xff", "中文".encode("gbk"), b"a\xc3"])
def test_bytes_that_are_no_utf8_are_refused(content: bytes) -> None:
    assert ask(ask="utf8", base64=b64encode(content).decode())["refused"] == "not-utf8"


def test_a_forgotten_quotation_mark_is_suspected() -> None:
    refused = ask(ask="csv", text='id,name\n1,"' + "a" * 131_073)
    assert (refused["refused"], refused["values"]["row"]) == ("long-field", "2")


def test_a_field_is_as_long_as_its_characters() -> None:
    most = csv.field_size_limit()
    assert answers("csv", ["\U0001f40d" * most, "\U0001f40d" * (most + 1)]) == [[["\U0001f40d" * most]], None]


@pytest.mark.parametrize("name", ["sha256", "sm3"])
def test_hashes(name: str) -> None:
    given = ["", "abc", *("质" * length for length in range(40)), "a" * 5000]
    found = ask_all({"ask": "hash", "name": name, "text": text} for text in given)
    assert [one["answer"] for one in found] == [hashlib.new(name, text.encode()).hexdigest() for text in given]
    if name == "sm3":  # GB/T 32905-2016, A.1
        assert found[1]["answer"] == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
