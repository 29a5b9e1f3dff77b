from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.codes import CodeError, RecordNumber

numbers = st.builds(
    RecordNumber,
    kind=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4),
    area=st.sampled_from(["37", "3704", "3708", "370811"]),
    year=st.integers(1949, 9999),
    serial=st.integers(1, 999_999_999),
)


@given(numbers)
def test_a_number_survives_printing_and_reading(number: RecordNumber) -> None:
    assert RecordNumber.parse(str(number)) == number
    assert RecordNumber.parse(f" {str(number).lower().replace('-', ' — ')} ") == number


@given(numbers, st.data())
def test_every_single_wrong_digit_is_found(number: RecordNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([i for i, c in enumerate(text) if c.isdigit()]))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))
    with pytest.raises(CodeError):
        RecordNumber.parse(text[:place] + wrong + text[place + 1 :])


@given(numbers, st.data())
def test_every_swap_of_neighbouring_digits_is_found(number: RecordNumber, data: st.DataObject) -> None:
    text = str(number)
    places = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    place = data.draw(st.sampled_from(places))
    with pytest.raises(CodeError):
        RecordNumber.parse(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def test_a_serial_grows_beyond_six_digits_but_keeps_one_form() -> None:
    assert str(RecordNumber("TS", "3704", 2026, 1_234_567)).startswith("TS-3704-2026-1234567-")
    long = RecordNumber("TS", "3704", 2026, 1)
    with pytest.raises(CodeError, match="is not a record number"):
        RecordNumber.parse(f"TS-3704-2026-0000001-{long.check_digit}")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "TS",
        "TS-3704-2026-000123",
        "TS-3704-26-000123-8",
        "T-3704-2026-000123-8",
        "TS3704202600012308",
        "TS-370-2026-000123-8",
        "TS-3704-2026-00123-8",
        "TS-3704-2026-000123-X",
        "TS-3704-2026-000123-8-1",
    ],
)
def test_another_form_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(CodeError, match="expected is the form TS-3704-2026-000123-8"):
        RecordNumber.parse(typed)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kind", "T", "expected 2–4 capital letters"),
        ("kind", "ts", "expected 2–4 capital letters"),
        ("area", "370", "expected 2, 4 or 6 digits"),
        ("area", "37081100", "expected 2, 4 or 6 digits"),
        ("area", "３７", "expected 2, 4 or 6 digits"),
        ("year", 1948, "expected 1949–9999"),
        ("year", 10_000, "expected 1949–9999"),
        ("serial", 0, "expected 1–999999999"),
        ("serial", 1_000_000_000, "expected 1–999999999"),
    ],
)
def test_a_number_is_not_made_of_wrong_parts(field: str, value: object, message: str) -> None:
    parts: dict[str, Any] = {"kind": "TS", "area": "3704", "year": 2026, "serial": 123, field: value}
    with pytest.raises(CodeError, match=message):
        RecordNumber(**parts)


def test_numbers_of_one_series_sort_by_serial() -> None:
    series = [RecordNumber("TS", "3704", 2026, serial) for serial in (999_999, 1_000_000, 2)]
    assert [number.serial for number in sorted(series)] == [2, 999_999, 1_000_000]
