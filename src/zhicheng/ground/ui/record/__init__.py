"""The one layout of a record: where it stands, what may be done now, and what happened."""

from zhicheng.ground.ui.record.happenings import Audience, Detail, Happening, list_happenings, may_read
from zhicheng.ground.ui.record.progress import Milestone, progress_of, state_mark

__all__ = [
    "Audience",
    "Detail",
    "Happening",
    "Milestone",
    "list_happenings",
    "may_read",
    "progress_of",
    "state_mark",
]
