"""Entering companies and buildings from a table, row by row: good rows stay, bad rows are told, twice is once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.codes import parse_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.records.columns import ABOVE, ANSWERING, Field
from zhicheng.ground.areas.api import Area, find_area
from zhicheng.ground.importing.api import Row as TableRow
from zhicheng.ground.importing.api import RowProblem, Table, not_text, read_moment, shortened, too_wide
from zhicheng.ground.importing.registry import Outcome
from zhicheng.ground.objects.api import (
    Responsibility,
    Site,
    SiteKind,
    enter_responsibility,
    enter_site,
    find_site,
)
from zhicheng.ground.parties.api import (
    ENTERED,
    EntryRefused,
    Kind,
    Organization,
    enter_organization,
    find_known,
)

LONGEST: Mapping[Field, int] = {
    Field.ADDRESS: 200, Field.TELEPHONE: 40, Field.COMPANY: 120, Field.ESTATE: 120, Field.BUILDING: 120,
    **dict.fromkeys(ANSWERING, 120),
}  # fmt: skip
_NAMED = {"uscc": Field.USCC, "area": Field.AREA, "organization": Field.COMPANY, "industry": Field.INDUSTRY}


class _RowRefused(Exception):
    def __init__(self, at: Field | None, refused: Refused) -> None:
        super().__init__(at)
        self.field, self.refused = at, refused


def import_table(
    *, table: Table, columns: Mapping[Field, int], within: Area, by: Actor, now: datetime, keep: bool = True
) -> Outcome:
    """Enters a whole table at once; without `keep` everything is tried and nothing stays."""
    with transaction.atomic():
        outcome = enter_rows(
            rows=table.rows, width=len(table.head), columns={field.value: at for field, at in columns.items()},
            within=within, by=by, now=now,
        )  # fmt: skip
        if not keep:
            transaction.set_rollback(True)
    return outcome


def enter_rows(
    *, rows: Iterable[TableRow], width: int, columns: Mapping[str, int], within: Area, by: Actor, now: datetime
) -> Outcome:
    """Enters every row whole or not at all; entered again, it enters nothing.

    `within` is where areas are named, and the area of rows that name none; `width` the number of columns.
    """
    new = known = 0
    refused: list[tuple[TableRow, tuple[RowProblem, ...]]] = []
    for row in rows:
        one = _Row(row, columns, within, by, now)
        if problem := too_wide(row, width) or _problem_of(one):
            refused.append((row, (problem,)))
        else:
            new, known = new + one.new, known + (not one.new)
    return Outcome(new, known, tuple(refused))


def _problem_of(row: "_Row") -> RowProblem | None:
    """Enters a row; why it was refused, if it was: then nothing of it stays."""
    try:
        with transaction.atomic():
            row.enter()
    except _RowRefused as refused:
        return row.problem(refused.field, refused.refused)
    except Refused as refused:
        return row.problem(_NAMED.get(getattr(refused, "field", "")), refused)
    return None


class _Row:
    """One row; `new` says afterwards whether anything of it was."""

    def __init__(self, row: TableRow, columns: Mapping[str, int], within: Area, by: Actor, now: datetime) -> None:
        self.row, self.columns, self.within, self.by, self.now = row, columns, within, by, now
        self.new = False

    def text(self, at: Field) -> str:
        """What stands in a field. Raises if it is too long, or no text."""
        if problem := not_text(self.row, at, self._cell(at)):
            raise _RowRefused(at, Refused(problem.message, **problem.params))
        text = " ".join(self._cell(at).split())
        if len(text) > (limit := LONGEST.get(at, 120)):
            message = words("{count} characters; at most {limit} are allowed")
            raise _RowRefused(at, Refused(message, count=len(text), limit=limit))
        return text

    def problem(self, at: Field | None, refused: Refused) -> RowProblem:
        """Why the row was refused, with the value of the field."""
        value = shortened(self._cell(at).strip()) if at else ""
        return RowProblem(self.row.number, at, value, refused.message, refused.params)

    def enter(self) -> None:
        """Enters a building with its estate and who answers, or a company. Raises _RowRefused or Refused."""
        estate, building = self.text(Field.ESTATE), self.text(Field.BUILDING)
        area = self._area()
        if not estate and not building:
            self._company(Field.COMPANY, area, self.text(Field.USCC))
            return
        project = self._site(SiteKind.PROJECT, estate, area, None, completed=not building) if estate else None
        site = self._site(SiteKind.BUILDING, building, area, project, completed=True) if building else project
        assert site is not None, "one of the two is named"
        self._answering(project or site, area)

    def _cell(self, at: Field) -> str:
        column = self.columns.get(at)
        return "" if column is None or column >= len(self.row.cells) else self.row.cells[column]

    def _area(self) -> Area:
        named = self.text(Field.AREA)
        if not named:
            return self.within
        today = local(self.now).date()
        inside = Area.objects.valid_on(today).filter(path__startswith=self.within.path)
        if named.isascii() and named.isdecimal():
            found = find_area(named, today) if len(named) in (2, 4, 6, 9, 12) else None
            matches = [found] if found and found.path.startswith(self.within.path) else []
        else:
            matches = list(inside.filter(name=named).order_by("level", "code")[:2])
        if len(matches) != 1:
            message = words("{count} areas in {place} are called so; expected is one name or code")
            raise _RowRefused(Field.AREA, Refused(message, count=len(matches), place=self.within.name))
        return matches[0]

    def _completed_on(self) -> date | None:
        written = self.text(Field.COMPLETED_ON)
        if not written:
            return None
        moment = read_moment(written)
        if moment is None:
            raise _RowRefused(Field.COMPLETED_ON, Refused(words("no date; expected is one such as 2020-05-01")))
        return moment.at.date()

    def _site(self, kind: SiteKind, name: str, area: Area, parent: Site | None, *, completed: bool) -> Site:
        known = find_site(kind=kind, name=name, area=area, parent=parent)
        if known:
            return known
        self.new = True
        return enter_site(
            kind=kind, name=name, area=area, parent=parent, address=self.text(Field.ADDRESS),
            completed_on=self._completed_on() if completed else None, by=self.by, now=self.now,
        )  # fmt: skip

    def _company(self, at: Field, area: Area, uscc: str = "") -> Organization:
        name = self.text(at)
        if not name:
            raise _RowRefused(at, Refused(words("The name is missing")))
        code = parse_social_credit_code(uscc) if uscc else ""
        known = find_known(name, code, area)
        if known and known.name == name:
            return known
        if at is not Field.COMPANY:
            named = list(Organization.objects.filter(name=name, kind__in=ENTERED)[:2])
            if len(named) > 1:
                message = words("Several organizations are called so: say on the building's page which one")
                raise _RowRefused(at, Refused(message))
            if named:
                return named[0]
        self.new = True
        own = at is Field.COMPANY
        return enter_organization(
            name=name, kind=Kind.COMPANY, area=area, uscc=uscc, by=self.by, now=self.now,
            industry=self.text(Field.INDUSTRY) if own else "", address=self.text(Field.ADDRESS) if own else "",
            telephone=self.text(Field.TELEPHONE) if own else "",
        )  # fmt: skip

    def _answering(self, about: Site, area: Area) -> None:
        said: dict[Field, Responsibility] = {}
        for at, role in ANSWERING.items():
            if not self.text(at):
                continue
            company = self._company(at, area)
            held = Responsibility.objects.filter(site=about, role=role, organization=company, scope="").first()
            if held is None:
                self.new = True
                above = next((said[one] for one in ABOVE.get(at, ()) if one in said), None)
                held = self._answers(at, about, role, company, above)
            said[at] = held

    def _answers(
        self, at: Field, about: Site, role: str, company: Organization, above: Responsibility | None
    ) -> Responsibility:
        try:
            return enter_responsibility(
                about=about, role=role, organization=company, answers_to=above, by=self.by, now=self.now
            )
        except EntryRefused as refused:
            raise _RowRefused(at, refused) from refused
