"""Clocks in words: never a number that contradicts the colour."""

from datetime import datetime

import pytest
from django.utils import translation

from zhicheng.core.clock import LOCAL, ChineseCalendar
from zhicheng.ground.ui.marks import ClockMark, clock_mark

DUE = datetime(2026, 11, 20, 23, 59, 59, 999_999, tzinfo=LOCAL)  # a Friday


@pytest.mark.parametrize(
    ("day", "tone", "text"),
    [
        (16, "green", "4 working days left"),
        (18, "green", "2 working days left"),
        (19, "yellow", "1 working day left"),
        (20, "yellow", "last day today"),
        (21, "red", "since the last working day"),
        (23, "red", "by 1 working day"),
        (24, "red", "by 2 working days"),
    ],
)
def test_a_clock_in_words(day: int, tone: str, text: str) -> None:
    now = datetime(2026, 11, day, 9, tzinfo=LOCAL)
    with translation.override("en"):
        assert clock_mark(DUE, now, ChineseCalendar()) == ClockMark(tone, text, DUE)


def test_a_paused_clock_and_none() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=LOCAL)
    assert clock_mark(None, now, ChineseCalendar()) is None
    assert clock_mark(None, now, ChineseCalendar(), paused=True) == ClockMark("paused")


def test_the_moment_is_written_to_the_second() -> None:
    mark = ClockMark("red", "", DUE)
    assert mark.at == "2026-11-20T23:59:59+08:00"
    with translation.override("en"):
        assert mark.due == "2026-11-20\N{NO-BREAK SPACE}Fri"
    assert ClockMark("paused").due == ClockMark("paused").at == ""
