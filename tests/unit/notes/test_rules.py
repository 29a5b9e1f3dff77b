"""Whom a note names."""

import pytest

from zhicheng.ground.notes.rules import named_in

KNOWN = {"李芳": 1, "李芳华": 2, "li.fang": 1, "王 明": 3}


@pytest.mark.parametrize(
    ("text", "found", "strangers"),
    [
        ("没有人", [], []),
        ("@李芳 请看", [1], []),
        ("请@李芳华处理", [2], []),
        ("＠李芳，@王 明，@李芳", [1, 3], []),
        ("@LI.FANG please", [1], []),
        ("写信到 office@李芳.cn 或 a@b.cn", [], []),
        ("@ 李芳", [], []),
        ("@赵六：@钱七 @赵六", [], ["赵六", "钱七"]),
        ("@", [], []),
        ("@，", [], []),
    ],
)
def test_names(text: str, found: list[int], strangers: list[str]) -> None:
    assert named_in(text, KNOWN) == (found, strangers)
