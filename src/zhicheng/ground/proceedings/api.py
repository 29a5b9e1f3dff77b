"""What other apps may use of proceedings."""

from zhicheng.ground.proceedings.assigning import AssignedMeanwhile, assign, list_assignable, may_assign
from zhicheng.ground.proceedings.invitations import Invited, find_invitation, invite
from zhicheng.ground.proceedings.keeping import keep_unchanged, refuse_if_kept, why_kept
from zhicheng.ground.proceedings.leaving import (
    HandedOver,
    Plan,
    bodies_led_by,
    hand_over,
    list_staff_of,
    plan_handover,
)
from zhicheng.ground.proceedings.locking import lock_proceeding
from zhicheng.ground.proceedings.models import Clock, Invitation, Participant, Proceeding, Step
from zhicheng.ground.proceedings.queries import (
    list_history,
    list_inbox,
    list_proceedings,
    list_running_clocks,
    proceeding_of,
)
from zhicheng.ground.proceedings.refusals import StepConflict, StepRefused
from zhicheng.ground.proceedings.registry import (
    SYSTEM,
    SubjectKind,
    list_processes,
    process_in_force,
    process_version,
    register_process,
    register_subject,
    subject_kind,
)
from zhicheng.ground.proceedings.scope import covered
from zhicheng.ground.proceedings.services import (
    advance,
    lapse,
    open_proceeding,
    open_together,
    record_historical,
    settle,
    steps_offered,
)
from zhicheng.ground.proceedings.sharing_out import MOST_RECEIVERS, Wish, assign_many
from zhicheng.ground.proceedings.situation import Situation, Taking, read_situation
from zhicheng.ground.proceedings.subjects import counted, listed, seen
from zhicheng.ground.proceedings.telling import is_silenced, silenced, tell_owner

__all__ = [
    "MOST_RECEIVERS",
    "SYSTEM",
    "AssignedMeanwhile",
    "Clock",
    "HandedOver",
    "Invitation",
    "Invited",
    "Participant",
    "Plan",
    "Proceeding",
    "Situation",
    "Step",
    "StepConflict",
    "StepRefused",
    "SubjectKind",
    "Taking",
    "Wish",
    "advance",
    "assign",
    "assign_many",
    "bodies_led_by",
    "counted",
    "covered",
    "find_invitation",
    "hand_over",
    "invite",
    "is_silenced",
    "keep_unchanged",
    "lapse",
    "list_assignable",
    "list_history",
    "list_inbox",
    "list_proceedings",
    "list_processes",
    "list_running_clocks",
    "list_staff_of",
    "listed",
    "lock_proceeding",
    "may_assign",
    "open_proceeding",
    "open_together",
    "plan_handover",
    "proceeding_of",
    "process_in_force",
    "process_version",
    "read_situation",
    "record_historical",
    "refuse_if_kept",
    "register_process",
    "register_subject",
    "seen",
    "settle",
    "silenced",
    "steps_offered",
    "subject_kind",
    "tell_owner",
    "why_kept",
]
