"""In how many parts a text message goes, at the limits of the two alphabets."""

import pytest

from zhicheng.core.short_messages import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2), ("您" * 70, 1), ("您" * 71, 2), ("您" * 134, 2), ("您" * 135, 3),
        ("a" * 69 + "您", 1), ("a" * 70 + "您", 2), ("😀" * 35, 1), ("😀" * 36, 2),
    ],
)  # fmt: skip
def test_parts(text: str, parts: int) -> None:
    assert parts_of(text) == parts
