"""Telephone numbers in every spelling people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.masks import mask_phone
from zhicheng.core.phones import MAX_TYPED_LENGTH, PhoneError, parse_phone

digits = st.text("0123456789", min_size=1)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"(010|02[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("013812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0537-2345678", "0537-2345678"),
        ("（0537）2345678", "0537-2345678"),
        ("05372345678", "0537-2345678"),
        ("+86 537 2345678", "0537-2345678"),
        ("+86 (0)537 2345678", "0537-2345678"),
        ("010 62345678", "010-62345678"),
        ("+86 10 6234 5678", "010-62345678"),
        ("0632—3318888", "0632-3318888"),
        ("0632-3318888转8012", "0632-3318888-8012"),
        ("0632-3318888 ext. 12", "0632-3318888-12"),
        ("0632-3318888-12", "0632-3318888-12"),
        ("+852 9123 4567", "+85291234567"),
        ("00852 9123 4567", "+85291234567"),
    ],
)
def test_every_spelling_gives_one_number(typed: str, number: str) -> None:
    assert str(parse_phone(typed)) == number


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "2345678", "12345", "1381234567", "138123456789", "12812345678", "0537-1345678", "01-23456789",
     "+86", "+86 852 91", "abc", "138a2345678", "٠٥٣٧٢٣٤٥٦٧٨", "1" * 400],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(PhoneError, match="0537-2345678"):
        parse_phone(typed)


def test_a_refusal_repeats_no_more_than_a_line() -> None:
    with pytest.raises(PhoneError) as refused:
        parse_phone("1" * 10_000)
    assert len(str(refused.value.params["typed"])) == MAX_TYPED_LENGTH + 1


def test_an_extension_is_not_part_of_what_the_network_knows() -> None:
    assert parse_phone("0632-3318888转8012").number == parse_phone("06323318888").number


@given(mobiles | landlines)
def test_reading_a_printed_number_changes_nothing(typed: str) -> None:
    phone = parse_phone(typed)
    assert parse_phone(str(phone)) == phone
    assert parse_phone(phone.number).number == phone.number


@given(mobiles, st.sampled_from(["", "+86", "0086", "+86 "]), st.sampled_from(["", " ", "-"]))
def test_prefix_and_separators_do_not_matter(mobile: str, prefix: str, between: str) -> None:
    assert parse_phone(prefix + between.join([mobile[:3], mobile[3:7], mobile[7:]])).number == mobile


@given(st.text())
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    try:
        phone = parse_phone(typed)
    except PhoneError:
        return
    assert parse_phone(str(phone)) == phone


@given(mobiles | landlines)
def test_a_mask_hides_four_digits_or_more(typed: str) -> None:
    phone = parse_phone(typed)
    masked = mask_phone(str(phone))
    shown = [character for character in masked if character.isdigit()]
    assert "****" in masked
    assert len(phone.number) - len(shown) >= 4
    assert masked.endswith(phone.number[-3:])
