"""Sort keys of Chinese names."""

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.pinyin import MAX_LENGTH, sort_key


def test_names_sort_as_in_a_dictionary() -> None:
    names = ["枣庄市", "重庆市", "济宁市", "菏泽市", "济南市"]
    assert sorted(names, key=sort_key) == ["重庆市", "菏泽市", "济南市", "济宁市", "枣庄市"]


def test_a_shorter_name_comes_before_its_continuation() -> None:
    assert sort_key("李") < sort_key("李家") < sort_key("刘")


@given(st.text())
def test_a_key_fits_its_column(name: str) -> None:
    assert len(sort_key(name)) <= MAX_LENGTH
