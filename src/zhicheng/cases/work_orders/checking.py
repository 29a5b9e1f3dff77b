"""Checking every row of a table of work orders: it becomes a complaint, or every reason why it cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhicheng.cases.kinds import kinds_for, needs_of
from zhicheng.cases.suggesting.queries import suggest_categories_for
from zhicheng.cases.work_orders.cells import Cells
from zhicheng.cases.work_orders.columns import Field
from zhicheng.cases.work_orders.meanings import find_category
from zhicheng.cases.work_orders.places import Places
from zhicheng.core.access import Domain
from zhicheng.core.clock.due import local
from zhicheng.core.phones import parse_phone
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.areas.api import Area
from zhicheng.ground.importing.api import Row, RowProblem, Table
from zhicheng.ground.importing.registry import Plan
from zhicheng.ground.packs.api import Term

LONGEST: Mapping[Field, int] = {
    Field.NUMBER: 60, Field.DESCRIPTION: 4_000, Field.PLACE: 80, Field.NAME: 60, Field.RESPONDENT: 120,
    Field.DEMAND: 500,
}  # fmt: skip
SHORTEST_DESCRIPTION = 4
DEMAND = "demand"


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A row that can be opened as a case."""

    row: int
    number: str
    description: str
    category: Term
    area: Area
    place: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    name: str = ""
    phone: str = ""
    respondent: str = ""
    demand: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """The answers to what the tables of the category's kind ask, as far as a work order has them."""
        return {DEMAND: self.demand} if self.demand else {}


class Expected:
    """What rows are checked against. `categories` gives terms by their folded codes and words."""

    def __init__(self, plan: Plan, categories: Mapping[str, Term], places: Places, now: datetime) -> None:
        self.plan, self.categories, self.places, self.now = plan, categories, places, now
        self._competent: dict[tuple[str, Domain], bool] = {}

    @property
    def today(self) -> date:
        """The day on which the cases would be opened."""
        return local(self.now).date()

    def somebody_is_competent(self, area: Area, category: Term) -> bool:
        """Whether a body would take up a matter of this category there."""
        key = area.path, kinds_for(category.catalogue)[0].domain
        if key not in self._competent:
            self._competent[key] = bool(list_competent_bodies(*key, self.today))
        return self._competent[key]


def check_orders(table: Table, expected: Expected) -> Iterator[tuple[Row, WorkOrder | tuple[RowProblem, ...]]]:
    """Every row in order, with what it becomes or why it is refused. Of one number the first good row counts."""
    first_rows: dict[str, int] = {}
    for row in table.rows:
        checked = check_order(row, expected, len(table.head))
        if isinstance(checked, WorkOrder):
            first = first_rows.setdefault(checked.number, row.number)
            if first != row.number:
                message = words("Row {first} of this file has the same number; a number is expected once.")
                checked = (RowProblem(row.number, Field.NUMBER, checked.number, message, {"first": first}),)
        yield row, checked


def check_order(row: Row, expected: Expected, width: int) -> WorkOrder | tuple[RowProblem, ...]:
    """One row by itself; `width` is the number of columns in the head."""
    cells = Cells(row, expected.plan.columns, days_only=bool(expected.plan.options.get("days_only")))
    cells.check_width(width)
    number = cells.number(Field.NUMBER, LONGEST[Field.NUMBER])
    description = _description(cells)
    area = _area(cells, expected)
    category = _category(cells, expected, description, area)
    lines = {
        one: cells.text(one, LONGEST[one], one_line=True) for one in (Field.PLACE, Field.NAME, Field.RESPONDENT)
    }
    phone, demand = _phone(cells), cells.text(Field.DEMAND, LONGEST[Field.DEMAND])
    received_at = cells.moment(Field.RECEIVED_AT, expected.now, needed=False)
    due_at = cells.moment(Field.DUE_AT, expected.now, needed=False, ahead=True)
    if received_at and due_at and due_at <= received_at:
        cells.refuse(Field.DUE_AT, cells.cell(Field.DUE_AT),
                     words("Not after the order was received there; expected is a later time."))  # fmt: skip
    if area and category:
        _check_opening(cells, expected, area, category, demand)
    if cells.problems or area is None or category is None:
        return tuple(cells.problems)
    return WorkOrder(
        row.number, number, description, category, area, lines[Field.PLACE], received_at, due_at,
        lines[Field.NAME], phone, lines[Field.RESPONDENT], demand,
    )  # fmt: skip


def _description(cells: Cells) -> str:
    text = cells.text(Field.DESCRIPTION, LONGEST[Field.DESCRIPTION], needed=True)
    if text and len(text) < SHORTEST_DESCRIPTION:
        cells.refuse(Field.DESCRIPTION, text, words("{count} characters; at least {least} are needed."),
                     count=len(text), least=SHORTEST_DESCRIPTION)  # fmt: skip
    return text


def _area(cells: Cells, expected: Expected) -> Area | None:
    """The area that county and township name together."""
    named = cells.text(Field.AREA, 120, needed=True, one_line=True)
    township = cells.text(Field.TOWNSHIP, 120, one_line=True)
    if not named:
        return None
    text = township if township.isascii() and township.isdecimal() else named + township
    if named.isascii() and named.isdecimal() and not text.isdecimal():
        text = named
    try:
        return expected.places.find(text)
    except Refused as refused:
        cells.refuse(Field.AREA, text, refused.message, **refused.params)
        return None


def _category(cells: Cells, expected: Expected, description: str, area: Area | None) -> Term | None:
    """The category that a cell names, by our words or by what theirs were said to mean."""
    named = cells.text(Field.CATEGORY, 200, needed=True, one_line=True)
    if not named:
        return None
    if found := find_category(named, expected.categories):
        return found
    near = suggest_categories_for(description, area.path).categories if area and description else ()
    message = words("Not a category; expected is the code or the words of one.")
    if near:
        message = words("Not a category; expected is the code or the words of one. By the text perhaps: {near}.")
    cells.refuse(Field.CATEGORY, named, message, near="、".join(one.term.zh for one in near))
    return None


def _phone(cells: Cells) -> str:
    typed = cells.text(Field.PHONE, 30, one_line=True)
    try:
        if typed:
            parse_phone(typed)
    except Refused:
        cells.refuse(Field.PHONE, "", words("Not a telephone number: expected a mobile number of 11 digits, or a "
                     "landline with its area code, such as 0537-2345678"))  # fmt: skip
        return ""
    return typed


def _check_opening(cells: Cells, expected: Expected, area: Area, category: Term, demand: str) -> None:
    """Refuses what could not be opened: nobody is competent, or something that has to be told is missing."""
    if not expected.somebody_is_competent(area, category):
        message = words("No body is competent for {area} in this matter.")
        cells.refuse(Field.AREA, area.name, message, area=area.name)
    needs = needs_of(kinds_for(category.catalogue)[:1], expected.today)
    if any(need.key == DEMAND and need.required for need in needs) and not demand:
        message = words("Empty; in matters of this category it has to be said.")
        cells.refuse(Field.DEMAND, "", message)
