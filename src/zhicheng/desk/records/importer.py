"""Companies and buildings as something that is imported from tables in the browser."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhicheng.core.access import ENTERING, Actor
from zhicheng.core.words import words
from zhicheng.desk.records.columns import LABELS, Field, checked, guess_columns
from zhicheng.desk.records.importing import enter_rows
from zhicheng.ground.areas.api import Area, area_labels
from zhicheng.ground.importing.api import ColumnsForm, Row, Table
from zhicheng.ground.importing.registry import Batch, Importer, Outcome, Plan, Says
from zhicheng.ground.parties.api import Organization

KEY = "records"
WITHIN, WIDTH = "within", "width"


class WithinForm(ColumnsForm):
    """In which of the body's areas all of it lies, and which column holds what."""

    before: ClassVar[tuple[str, ...]] = (WITHIN,)

    within = forms.ChoiceField(
        label=_("All of it lies in"),
        help_text=_("Where areas are looked for by their names, and where a row lies that names none."),
    )

    def __init__(self, data: Any = None, *, importer: Importer, table: Table, plan: Plan, actor: Actor) -> None:
        super().__init__(data, importer=importer, table=table, plan=plan, actor=actor)
        found = list(Area.objects.filter(path__in=_areas_of(actor)).order_by("level", "code"))
        labels = area_labels(found)
        field = self.fields[WITHIN]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), labels[one.pk]) for one in found]

    def options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The area, and how many columns there are."""
        return {WITHIN: int(given.get(WITHIN) or 0), WIDTH: len(self.table.head)}

    def name(self, given: Mapping[str, Any]) -> str:
        """The area's name."""
        found = Area.objects.filter(pk=given.get(WITHIN) or 0).first()
        return found.name if found else ""


def importing_body(actor: Actor) -> Organization | None:
    """The actor's own body, if they enter records of some area."""
    if actor.organization_id is None or not _areas_of(actor):
        return None
    return Organization.objects.select_related("area").filter(id=actor.organization_id).first()


def guess(table: Table, organization: Organization) -> tuple[Mapping[str, int], Mapping[str, Any]]:
    """The columns by their names, in the area of the body."""
    columns = {field.value: column for field, column in guess_columns(table.head).items()}
    return columns, {WITHIN: organization.area_id, WIDTH: len(table.head)}


def check(plan: Plan, width: int) -> None:
    """Raises Refused if no column names a company, an estate or a building."""
    checked({Field(name): column for name, column in plan.columns.items()})


def read(table: Table, plan: Plan, now: datetime) -> Iterator[tuple[Row, Row]]:
    """Every row as it stands: whether it can be entered, the records themselves say."""
    return ((row, row) for row in table.rows)


def write(batch: Batch, plan: Plan, by: Actor, now: datetime) -> Outcome:
    """Enters a batch row by row."""
    return enter_rows(
        rows=[row for row, _ in batch], width=plan.options[WIDTH], columns=plan.columns,
        within=Area.objects.get(pk=plan.options[WITHIN]), by=by, now=now,
    )  # fmt: skip


def _areas_of(actor: Actor) -> set[str]:
    return {path for reach in actor.reaches if reach.role in ENTERING for path in reach.areas}


IMPORTER = Importer(
    key=KEY,
    urls="desk:records_import",
    above="desk:sites",
    says=Says(
        title=words("Enter companies and buildings from a table"),
        lead=words(
            "A row that names an estate or a building enters it with everybody it names; any other row is a "
            "company. What is there already stays as it is."
        ),
        whose=words(
            "What is entered is entered for {name}, in its areas and domains. Nothing is entered before you have "
            "seen and confirmed the columns."
        ),
        name=words("Area"),
        kept=words("something new in each of these rows"),
        above=words("Buildings"),
    ),
    labels={field.value: label for field, label in LABELS.items()},
    required=frozenset(),
    form=WithinForm,
    organization_of=importing_body,
    guess=guess,
    check=check,
    read=read,
    write=write,
    try_out=write,  # the caller's transaction is rolled back
    batch=50,
    tried=200,
)
