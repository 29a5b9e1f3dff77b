"""Names become code, nothing in a text becomes markup by itself, and a day stays in one piece."""

from datetime import date

import pytest
from django.utils.translation import override

from zhicheng.ground.ui.templatetags.house import coded, day


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


@pytest.mark.parametrize(
    ("language", "written"), [("zh-hans", "2026-11-22\u00a0周\u2060日"), ("en", "2026-11-22\u00a0Sun")]
)
def test_a_day_is_not_broken_over_two_lines(language: str, written: str) -> None:
    """A no-break space before the weekday, and within 周日 a word joiner: neither is seen."""
    with override(language):
        assert day(date(2026, 11, 22)) == written
