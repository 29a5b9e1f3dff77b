"""What the pages on ranking and on scores tell readers to call can be called."""

import re
from pathlib import Path

import pytest

from zhicheng.core import ranking, scores
from zhicheng.core.scores import agreement

PAGES = Path(__file__).parents[2] / "docs" / "explanation"
CALLED = re.compile(r"(?<![.\w])([a-z_]+)\(|`([a-z_]+)`")
NAMED = re.compile(r"\b(Rule|Comparison|Form|Metric|Weights)\.([A-Z_]+)")
PLACES = {"ranking.md": (ranking,), "scores.md": (scores, agreement)}


def calls(page: str) -> str:
    """The column “Call” of the page's table."""
    rows = (PAGES / page).read_text(encoding="utf-8").partition("| What you want |")[2].partition("\n\n")[0]
    return "\n".join(row.split(" | ")[1] for row in rows.splitlines()[2:])


@pytest.mark.parametrize("page", list(PLACES))
def test_functions_exist(page: str) -> None:
    names = {one or other for one, other in CALLED.findall(calls(page))}
    assert len(names) > 8
    assert [name for name in sorted(names) if not any(hasattr(place, name) for place in PLACES[page])] == []


@pytest.mark.parametrize("page", list(PLACES))
def test_choices_exist(page: str) -> None:
    found = set(NAMED.findall(calls(page)))
    assert found
    for kind, choice in found:
        assert any(hasattr(getattr(place, kind, None), choice) for place in PLACES[page]), (kind, choice)
