"""Answers that a process keeps for a short while."""

import pytest

from zhicheng.ground import kept as module
from zhicheng.ground.kept import forget_kept, keep, kept


def test_an_answer_is_asked_for_once_and_again_when_it_is_forgotten() -> None:
    asked = []

    @kept
    def double(number: int, *, times: int = 2) -> int:
        asked.append(number)
        return number * times

    assert [double(2), double(2), double(3), double(2, times=5)] == [4, 4, 6, 10]
    assert asked == [2, 3, 2]
    forget_kept()
    assert double(2) == 4
    assert asked == [2, 3, 2, 2]


def test_an_answer_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: moment[0])
    assert keep("question", lambda: 1) == 1
    moment[0] += module.KEPT_SECONDS
    assert keep("question", lambda: 2) == 1
    moment[0] += 0.1
    assert keep("question", lambda: 2) == 2


def test_answers_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ANSWERS", 3)
    for number in range(10):
        keep(number, lambda number=number: number)
    assert len(module._answers) <= 3


def test_a_failure_is_not_kept() -> None:
    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        keep("failing", fail)
    assert keep("failing", lambda: 1) == 1
