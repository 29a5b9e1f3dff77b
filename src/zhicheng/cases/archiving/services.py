"""Files many cases, each in its own transaction, and says what became of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.api import Filing, file_away

log = structlog.get_logger("zhicheng.cases")


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its filing, or why there is none."""

    case: Case
    filing: Filing | None = None
    refused: Refused | None = None


def file_cases(
    *, cases: Iterable[Case], by: Actor, now: datetime, told: Callable[[Outcome], None] = lambda outcome: None
) -> list[Outcome]:
    """Files every case; what is refused for one changes nothing for the others. Twice, none is filed again."""
    outcomes = []
    for case in cases:
        outcomes.append(_file(case, by, now))
        told(outcomes[-1])
    return outcomes


def _file(case: Case, by: Actor, now: datetime) -> Outcome:
    try:
        return Outcome(case, file_away(subject=(SUBJECT, case.pk), by=by, now=now))
    except Refused as refused:
        return Outcome(case, refused=refused)
    except Exception:
        log.exception("a case could not be filed", case=case.number)
        failed = words("Something went wrong in the system; nothing was changed. Try it again.")
        return Outcome(case, refused=Refused(failed))
