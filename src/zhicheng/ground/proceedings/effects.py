"""What a step changes besides the state: who holds the matter, and who takes part in it."""

from collections.abc import Mapping
from typing import Any

from zhicheng.core.access import Part
from zhicheng.core.process import Effect, Step, former_holder
from zhicheng.ground.proceedings.situation import Situation


def holder_after(situation: Situation, step: Step, data: Mapping[str, Any]) -> int | None:
    """The body that holds the matter after the step."""
    if Effect.TRANSFER in step.effects:
        return int(data["body"])
    if Effect.RETURN in step.effects:
        return former_holder(situation.history)
    return situation.matter.holder


def joined_by(situation: Situation, step: Step, data: Mapping[str, Any], holder: int | None) -> dict[int, Part]:
    """The participants that the step adds or whose part it changes."""
    joined: dict[int, Part] = {}
    if holder is not None and holder != situation.matter.holder:
        joined[holder] = Part.LEAD
        if situation.matter.holder is not None:
            joined[situation.matter.holder] = Part.FORMER
    if Effect.INVOLVE in step.effects:
        joined[int(data["body"])] = Part.ASSISTING
    if step.effects & {Effect.INVITE, Effect.RELEASE}:
        # Whoever was invited before answers no longer: an order goes to one company at a time.
        others = (key for key, part in situation.matter.parts.items() if part is Part.RESPONDENT)
        joined |= dict.fromkeys(others, Part.FORMER)
    if Effect.INVITE in step.effects:
        joined[int(data["company"])] = Part.RESPONDENT
    return joined
