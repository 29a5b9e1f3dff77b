"""The forms of an import: the file, and the columns."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.importing.checking import shortened
from zhicheng.cases.importing.mapping import LABELS, REQUIRED, ColumnMapping, Field, is_personal
from zhicheng.cases.importing.services import LONGEST_SYSTEM, checked_system
from zhicheng.cases.importing.table import Table, column_letter
from zhicheng.core.refused import Refused
from zhicheng.ground.ui.templatetags.house import sentence

SAMPLE = 24


class UploadForm(forms.Form):
    """The file with historical cases."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        help_text=_("Excel (.xlsx) or CSV with the names of the columns in the first row; up to 100,000 rows."),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """From which system the file comes, and which column holds which field."""

    system = forms.CharField(
        label=_("Earlier system"), max_length=LONGEST_SYSTEM,
        help_text=_("Its numbers tell cases apart: a file imported again under the same name changes nothing."),
    )  # fmt: skip
    days_only = forms.BooleanField(
        label=_("The times are days without a time of day"), required=False,
        help_text=_("Otherwise a row whose time of day is missing is refused."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, table: Table, mapping: ColumnMapping, system: str = "") -> None:
        columns = {field.value: str(column) for field, column in mapping.columns.items()}
        super().__init__(data, initial={"system": system, "days_only": mapping.days_only, **columns})
        self.width = len(table.head)
        choices = [("", gettext("— left out —")), *_choices(table)]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(
                label=gettext(LABELS[field]), choices=choices, required=field in REQUIRED
            )
        self.order_fields(["system", *(field.value for field in Field), "days_only"])

    def clean_system(self) -> str:
        """The name in its one form."""
        try:
            return checked_system(self.cleaned_data["system"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused

    def clean(self) -> dict[str, Any]:
        """Refuses a choice by which no row could become a case."""
        given = super().clean() or {}
        if not self.errors:
            try:
                mapping_from(given).checked(self.width)
            except Refused as refused:
                raise forms.ValidationError(sentence(refused.message, refused.params)) from refused
        return given

    def mapping(self) -> ColumnMapping:
        """The columns as chosen in a valid form."""
        return mapping_from(self.cleaned_data)


def mapping_from(given: Mapping[str, Any]) -> ColumnMapping:
    """The columns that a form was given."""
    chosen = {field: int(given[field]) for field in Field if given.get(field)}
    return ColumnMapping(chosen, bool(given.get("days_only")))


def _choices(table: Table) -> list[tuple[str, str]]:
    """Every column by its letter, its name and its first value; of a column about people no value is shown."""
    choices = []
    for column, name in enumerate(table.head):
        values = (row.cells[column].strip() for row in table.rows)
        sample = "" if is_personal(name) else next(filter(None, values), "")
        label = f"{column_letter(column)} · {name}"
        shown = Truncator(shortened(sample)).chars(SAMPLE)
        choices.append((str(column), f"{label} ({shown})" if shown else label))
    return choices
