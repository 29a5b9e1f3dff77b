"""What one step asks of many matters at once."""

from datetime import datetime
from typing import Any

from django import forms

from zhicheng.core.clock.due import local
from zhicheng.desk.batch.chosen import Common
from zhicheng.ground.ui.step_fields import field_for


class BatchForm(forms.Form):
    """The fields of the step, once for all; what is special about a matter is checked when it is its turn."""

    def __init__(self, common: Common, *, now: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.common = common
        areas = {one.proceeding.area.path for one in common.takers}
        opened = max(local(one.proceeding.opened_at).date() for one in common.takers)
        for need in common.step.needs:
            self.fields[need.key] = field_for(
                need, area_path=_shared_place(areas), today=local(now).date(), opened_on=opened
            )

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, by the needs' keys."""
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "", [])}


def _shared_place(paths: set[str]) -> str:
    """The smallest place that holds all of them: its terms are offered."""
    split = [path.strip("/").split("/") for path in paths]
    shared = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return f"/{'/'.join(shared)}/" if shared else "/"
