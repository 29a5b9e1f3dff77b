"""What was told when a matter was opened, told once more where it is opened again, as its kind or another."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhicheng.cases.papers import kept
from zhicheng.core.process import Need, NeedKind
from zhicheng.ground.proceedings.api import Situation


def told_before(situation: Situation, needs: Iterable[Need]) -> dict[str, Any]:
    """The answers given at the opening of a proceeding to what is asked again; nothing that was deleted since."""
    first = situation.history[0].data
    answers = {need.key: _answer(need, kept(situation, first.get(need.key))) for need in needs}
    return {key: value for key, value in answers.items() if value}


def _answer(need: Need, value: Any) -> Any:
    return date.fromisoformat(value) if value and need.kind is NeedKind.DATE else value
