"""The step bar: what is said of a state that lies beside the usual way."""

import pytest

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.ground.ui.record import progress_of

PATH = ("received", "accepted", "ordered", "promised", "rectified", "verified")


@pytest.mark.parametrize(
    ("state", "mark"),
    [("following", "current"), ("ended_with", "done"), ("rejected", "wrong"), ("withdrawn", "wrong")],
)
def test_a_state_beside_the_path_stands_last(state: str, mark: str) -> None:
    last = progress_of(HOUSING, PATH, state, [])[-1]
    assert last.state == mark
