"""Names between backticks become code, and nothing in a text becomes markup by itself."""

import pytest

from zhicheng.ground.ui.templatetags.house import coded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("its `after`, as given", "its <code>after</code>, as given"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("<b> & `<i>`", "&lt;b&gt; &amp; <code>&lt;i&gt;</code>"),
        ("", ""),
    ],
)
def test_names_are_code(text: str, expected: str) -> None:
    assert coded(text) == expected
