"""What a leader writes."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from zhicheng.core.clock.due import local
from zhicheng.ground.instructions.rules import INSTRUCTION
from zhicheng.ground.ui.step_fields import field_for


class InstructionForm(forms.Form):
    """The instruction and the date of the reply; `key` makes a repeated send one instruction."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *, area_path: str, now: datetime, data: Any = None) -> None:
        super().__init__(data)
        today = local(now).date()
        for need in INSTRUCTION.opening:
            self.fields[need.key] = field_for(need, area_path=area_path, today=today, opened_on=today)

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in, by the needs' keys."""
        return {need.key: self.cleaned_data[need.key] for need in INSTRUCTION.opening}
