"""The forms of an import: the file, and the columns."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.importing.problems import shortened
from zhicheng.ground.importing.registry import Importer, Plan
from zhicheng.ground.importing.table import Table, column_letter
from zhicheng.ground.ui.templatetags.house import sentence

SAMPLE = 24


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        help_text=_("Excel (.xlsx) or CSV with the names of the columns in the first row; up to 100,000 rows."),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """Which column holds which field; an importer adds what else it asks for, before and after them."""

    before: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, importer: Importer, table: Table, plan: Plan, actor: Actor) -> None:
        columns = {field: str(column) for field, column in plan.columns.items()}
        super().__init__(data, initial={**plan.options, **columns})
        self.importer, self.table, self.proposed, self.actor = importer, table, plan, actor
        choices = [("", gettext("— left out —")), *_choices(importer, table)]
        for field, label in importer.labels.items():
            self.fields[field] = forms.ChoiceField(
                label=gettext(label), choices=choices, required=field in importer.required
            )
        self.order_fields([*self.before, *importer.labels])

    def clean(self) -> dict[str, Any]:
        """Refuses a choice by which no row could be read."""
        given = super().clean() or {}
        if not self.errors:
            try:
                self.importer.check(self._plan(given), len(self.table.head))
            except Refused as refused:
                raise forms.ValidationError(sentence(refused.message, refused.params)) from refused
        return given

    def plan(self) -> Plan:
        """What was chosen, in a valid form."""
        return self._plan(self.cleaned_data)

    def options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What else than columns was chosen: nothing, unless an importer asks for it."""
        return {}

    def name(self, given: Mapping[str, Any]) -> str:
        """That in a word, for the list of imports."""
        return self.importer.key

    def _plan(self, given: Mapping[str, Any]) -> Plan:
        chosen = {field: int(given[field]) for field in self.importer.labels if given.get(field)}
        return Plan(self.proposed.organization, chosen, self.options(given), self.name(given))


def _choices(importer: Importer, table: Table) -> list[tuple[str, str]]:
    """Every column by its letter, its name and its first value; of a column about people no value is shown."""
    choices = []
    for column, name in enumerate(table.head):
        values = (row.cells[column].strip() for row in table.rows)
        sample = "" if importer.is_personal(name) else next(filter(None, values), "")
        label = f"{column_letter(column)} · {name}"
        shown = Truncator(shortened(sample)).chars(SAMPLE)
        choices.append((str(column), f"{label} ({shown})" if shown else label))
    return choices
