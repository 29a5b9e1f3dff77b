"""Reads of what is joined."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhicheng.cases.joining.models import CURRENT, Joint, Manner
from zhicheng.cases.joining.rules import FOLLOWING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding


@dataclass(frozen=True)
class Joined:
    """Another case that one is joined to; `leads` says whether it is the leading one."""

    case: Case
    manner: Manner
    leads: bool


def list_joined(case_id: int, actor: Actor) -> list[Joined]:
    """The cases that a case is joined to now and that the actor may see: the leading one first, then by age."""
    above = Joint.objects.filter(CURRENT, later=case_id).values_list("leading_id", "manner")
    below = Joint.objects.filter(CURRENT, leading=case_id).order_by("later_id").values_list("later_id", "manner")
    found = [(pk, manner, True) for pk, manner in above] + [(pk, manner, False) for pk, manner in below]
    if not found:
        return []
    visible = Case.objects.visible_to(actor).in_bulk([pk for pk, _, _ in found])
    return [Joined(visible[pk], Manner(manner), leads) for pk, manner, leads in found if pk in visible]


def facts_of_joining(case_id: int, proceedings: Iterable[Proceeding]) -> Mapping[str, Any]:
    """What guards may know: how many follow, whether it is handled together, how what it follows ended."""
    joints = list(Joint.objects.filter(CURRENT, later=case_id)[:1])
    joint = joints[0] if joints else None
    followers = Joint.objects.filter(CURRENT, leading=case_id, manner=Manner.FOLLOWS).count()
    return {
        "followers": followers,
        "together": joint is not None and joint.manner == Manner.TOGETHER,
        "leading_ended": _leading_ended(joint, list(proceedings)) if joint else "",
    }


def _leading_ended(joint: Joint, proceedings: Sequence[Proceeding]) -> str:
    """The final state of the matter that is followed; empty while it is open."""
    kinds = [one.kind for one in proceedings if one.state == FOLLOWING.key]
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=joint.leading_id, kind__in=kinds)
    state = found.order_by("-id").values_list("state", "ending").first()
    return state[0] if state is not None and state[1] == "final" else ""
