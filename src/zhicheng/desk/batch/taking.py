"""Takes one step for each of many matters, each in its own transaction, and says what became of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.batch.chosen import Chosen
from zhicheng.ground.proceedings.api import Proceeding, StepConflict, StepRefused, advance
from zhicheng.ground.ui.templatetags.house import sentence

log = structlog.get_logger("zhicheng.desk")


@dataclass(frozen=True)
class Outcome:
    """What became of one matter; `reasons` say why nothing did."""

    chosen: Chosen
    reasons: tuple[str, ...] = ()
    repeated: bool = False
    """Whether the step had been taken already, by an earlier send of the same form."""

    @property
    def done(self) -> bool:
        """Whether the step stands."""
        return not self.reasons


def take_for_each(
    *, chosen: Iterable[Chosen], verb: str, data: Mapping[str, Any], by: Actor, now: datetime
) -> list[Outcome]:
    """Takes the step for every matter; what is refused for one changes nothing for the others.

    Sent again, it is taken for no matter twice: each is moved only from where it stood when it was chosen.
    """
    return [_take(one, verb, data, by, now) for one in chosen]


def _take(one: Chosen, verb: str, data: Mapping[str, Any], by: Actor, now: datetime) -> Outcome:
    try:
        advance(
            proceeding=one.proceeding.id, verb=verb, by=by, now=now, data=data, expected_number=one.number
        )  # fmt: skip
    except StepConflict as conflict:
        if conflict.repeated:
            return Outcome(one, repeated=True)
        return Outcome(one, (sentence(words("It was moved meanwhile; it is now in the state “{state}”."),
                                      {"state": _state(conflict)}),))  # fmt: skip
    except StepRefused as refused:
        return Outcome(one, tuple(sentence(refusal.message, refusal.params) for refusal in refused.refusals))
    except Refused as refused:
        return Outcome(one, (sentence(refused.message, refused.params),))
    except Proceeding.DoesNotExist:
        return Outcome(one, (gettext("You can no longer see it."),))
    except Exception:
        log.exception("a step failed among others", verb=verb, proceeding=one.proceeding.id)
        return Outcome(one, (gettext("Something went wrong in the system; nothing was changed. Try it again."),))
    return Outcome(one)


def _state(conflict: StepConflict) -> str:
    return conflict.situation.process.state(conflict.situation.state).label
