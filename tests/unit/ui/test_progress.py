"""Where a matter stands on its way: nothing is said to be done that was not."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.kinds import KINDS
from zhicheng.ground.ui.record import progress_of
from zhicheng.ground.ui.templatetags.house import day

PATH = ("received", "accepted", "ordered", "promised", "rectified", "verified")
BEGAN = datetime(2026, 11, 2, 2, tzinfo=UTC)


def way(kind: str, *states: str) -> list[tuple[str, str, bool]]:
    """The milestones after a matter went through these states: state of the table, how it is marked, if dated."""
    found = next(one for one in KINDS if one.key == kind)
    process = found.versions[-1]
    steps: Any = [
        SimpleNamespace(from_state=before, to_state=state, at=BEGAN + timedelta(days=days))
        for days, (before, state) in enumerate(zip(("", *states), states, strict=False))
    ]
    labels = {state.label: state.key for state in process.states}
    with translation.override("en"):
        shown = progress_of(process, found.path, states[-1], steps)
    return [(labels[one.label], one.state, bool(one.when)) for one in shown]


def test_what_was_passed_by_is_left_out() -> None:
    shown = way("housing_quality", "received", "accepted", "ordered", "rectified")
    assert shown == [
        ("received", "done", True), ("accepted", "done", True), ("ordered", "done", True),
        ("rectified", "current", True), ("verified", "next", False),
    ]  # fmt: skip


def test_what_was_reached_once_and_is_ahead_again_has_no_day() -> None:
    shown = way("housing_quality", "received", "accepted", "received")
    assert shown[:2] == [("received", "current", True), ("accepted", "next", False)]


def test_a_step_that_leaves_the_matter_where_it_stands_is_no_arrival() -> None:
    kept = ("", "received"), ("received", "received"), ("received", "received")
    steps: Any = [
        SimpleNamespace(from_state=before, to_state=after, at=BEGAN + timedelta(days=days))
        for days, (before, after) in enumerate(kept)
    ]
    assert progress_of(HOUSING, PATH, "received", steps)[0].when == day(BEGAN)


def test_an_open_state_beside_the_way_is_current_and_its_end_ahead() -> None:
    shown = way("hazard", "reported", "checking", "stopped")
    assert shown == [
        ("reported", "done", True), ("checking", "done", True), ("stopped", "current", True),
        ("verified", "next", False),
    ]  # fmt: skip


def test_a_released_stop_was_never_ordered_by_a_day() -> None:
    shown = way("hazard", "reported", "checking", "stopped", "reviewing", "verified")
    assert shown == [("reported", "done", True), ("checking", "done", True), ("verified", "done", True)]


def test_an_end_beside_the_way_is_the_last() -> None:
    assert way("housing_quality", "received", "rejected") == [
        ("received", "done", True), ("rejected", "wrong", True)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.key))
def test_every_open_state_of_every_kind_is_shown_as_current(kind: Any) -> None:
    process = kind.versions[-1]
    for state in process.states:
        if state.is_open and state != process.initial:
            shown = way(kind.key, process.initial.key, state.key)
            assert (state.key, "current", True) in shown
            assert not [one for one in shown if one[1] == "wrong"]


@pytest.mark.parametrize(
    ("state", "mark"),
    [("following", "current"), ("ended_with", "done"), ("rejected", "wrong"), ("withdrawn", "wrong")],
)
def test_a_state_beside_the_path_stands_last(state: str, mark: str) -> None:
    last = progress_of(HOUSING, PATH, state, [])[-1]
    assert last.state == mark
