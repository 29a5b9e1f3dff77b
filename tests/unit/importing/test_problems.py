"""What is said of a refused row, and how files are told apart by their heads."""

from zhicheng.ground.importing.problems import not_text, shortened, too_wide
from zhicheng.ground.importing.queries import fingerprint
from zhicheng.ground.importing.table import Row


def test_long_values_are_shortened_and_control_characters_written_out():
    assert shortened("漏" * 61) == "漏" * 60 + "…"
    assert shortened("a\x07") == "a\\u0007"


def test_heads_are_told_apart_by_names_and_order():
    assert fingerprint(["Replied at", "编号"]) == fingerprint([" replied_at ", "编号"])
    assert fingerprint(["编号", "主题"]) != fingerprint(["主题", "编号"])
    assert fingerprint(["编号主题"]) != fingerprint(["编号", "主题"])


def test_a_row_that_has_shifted_and_a_cell_that_is_no_text_are_told():
    assert too_wide(Row(4, ("a", "b")), 2) is None
    assert not_text(Row(4, ("a",)), "title", "漏\t水") is None
    wide, odd = too_wide(Row(4, ("a", "b", "c")), 2), not_text(Row(4, ("a\x00",)), "title", "a\x00")
    assert wide is not None
    assert odd is not None
    assert (wide.row, wide.field, wide.params) == (4, None, {"count": 3, "width": 2})
    assert (odd.field, odd.value, odd.params) == ("title", "a\\u0000", {"code": "U+0000"})
