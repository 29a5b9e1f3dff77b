"""How the house says that a step was not taken."""

from collections.abc import Sequence

from zhicheng.core.process import Refusal
from zhicheng.ground.proceedings.situation import Situation


class StepRefused(Exception):
    """A step was refused and nothing was changed; one refusal for each field or rule."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = tuple(refusals)


class StepConflict(Exception):
    """The matter was moved after the person last saw it. `repeated` says that it was this very step."""

    def __init__(self, situation: Situation, *, repeated: bool) -> None:
        latest = situation.history[-1]
        super().__init__(f"the matter was moved by {latest.verb} at {latest.at.isoformat()}")
        self.situation = situation
        self.repeated = repeated
