"""What cases need to know of one kind of departmental proceeding, besides its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhicheng.core.access import Domain
from zhicheng.core.process import Process
from zhicheng.core.words import words
from zhicheng.ground.documents.registry import FormSource
from zhicheng.ground.proceedings.api import Taking

FollowUp = Callable[[Taking], None]
"""What the case does about a step, in the step's transaction."""
TOLD = words("The complaint")
"""The heading of what a reporter told, where the kind has no word of its own for it."""


@dataclass(frozen=True)
class CaseKind:
    """One kind of departmental proceeding.

    `versions` are its tables, the newest last, all of one key and domain. `categories` names the catalogues
    whose terms lead to it. `path` lists the states of the step bar from the first to the usual ending, and
    `limits` gives the words for its clocks. `told` heads what its reporter told; `withheld` keeps it from
    companies that have to act on it. `follow_ups` are called after steps, by verb; `forms` fill the papers that
    steps issue, and `registration` is the one that staff make out of how the matter was opened. A case that is
    reopened gets a new proceeding of each kind that `reopens`. `kept_for` is the limit by which the archive
    keeps its file.
    """

    versions: tuple[Process, ...]
    categories: tuple[str, ...]
    path: tuple[str, ...]
    limits: Mapping[str, str] = field(default_factory=dict)
    told: str = TOLD
    withheld: bool = False
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    forms: tuple[FormSource, ...] = ()
    registration: str = ""
    reopens: bool = True
    kept_for: str = "archive.case"

    @property
    def key(self) -> str:
        """The key of its tables."""
        return self.versions[-1].key

    @property
    def domain(self) -> Domain:
        """The domain in which a body has to be competent."""
        return self.versions[-1].domain

    def in_force(self, on: date) -> Process:
        """The table for what is opened on a day; raises LookupError."""
        found = (one for one in self.versions if one.in_force <= on and (one.until is None or on < one.until))
        if (table := next(found, None)) is None:
            raise LookupError(f"no table of {self.key} is in force on {on}")
        return table

    @property
    def label(self) -> str:
        """What the kind is called."""
        return self.versions[-1].label
