"""Grants and delegations as pages show them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from zhicheng.ground.access.api import Delegation, Grant, grant_label, period_label
from zhicheng.ground.ui.marks import StateMark, Tone


@dataclass(frozen=True)
class ShownGrant:
    """A grant in words: what, since when, whether it holds today."""

    grant: Grant
    today: date

    @property
    def words(self) -> str:
        """Role, organization and what narrows them."""
        return grant_label(self.grant)

    @property
    def period(self) -> str:
        """Its days."""
        return period_label(self.grant.valid_from, self.grant.valid_to)

    @property
    def mark(self) -> StateMark:
        """Whether it holds today."""
        return _mark(self.grant.valid_from, in_force=self.grant.in_force(self.today), today=self.today)

    @property
    def lasts(self) -> bool:
        """Whether it holds today or is still to begin."""
        return self.grant.valid_to is None or self.grant.valid_to >= self.today


@dataclass(frozen=True)
class ShownDelegation:
    """A delegated grant in words."""

    delegation: Delegation
    today: date

    @property
    def words(self) -> str:
        """Role, organization and what narrows them."""
        return grant_label(self.delegation.grant)

    @property
    def period(self) -> str:
        """Its days."""
        return period_label(self.delegation.valid_from, self.delegation.valid_to)

    @property
    def mark(self) -> StateMark:
        """Whether it holds today."""
        if self.delegation.ended_at:
            return StateMark(gettext("Taken back"), Tone.NEUTRAL)
        in_force = self.delegation.in_force(self.today)
        return _mark(self.delegation.valid_from, in_force=in_force, today=self.today)

    @property
    def lasts(self) -> bool:
        """Whether it holds today or is still to begin."""
        return self.delegation.ended_at is None and self.delegation.valid_to >= self.today


def _mark(begins: date, *, in_force: bool, today: date) -> StateMark:
    if in_force:
        return StateMark(gettext("In force"), Tone.DONE)
    if begins > today:
        return StateMark(gettext("Not begun yet"), Tone.WAITING)
    return StateMark(gettext("Ended"), Tone.NEUTRAL)
