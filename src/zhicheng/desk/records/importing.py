"""Entering companies and buildings from a table, row by row: good rows stay, bad rows are told, twice is once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from zhicheng.cases.api import Table, TableRow, read_moment
from zhicheng.core.access import Actor
from zhicheng.core.codes import parse_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.records.columns import ABOVE, ANSWERING, Field
from zhicheng.ground.areas.api import Area, find_area
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


@dataclass(frozen=True)
class Problem:
    """Why a row was refused: its field (none, if it is the row as a whole), the value there, and a sentence."""

    row: TableRow
    field: Field | None
    value: str
    refused: Refused


@dataclass
class Report:
    """What became of a table."""

    entered: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


class _RowRefused(Exception):
    def __init__(self, at: Field | None, refused: Refused) -> None:
        super().__init__(at)
        self.field, self.refused = at, refused


def import_table(
    *, table: Table, columns: Mapping[Field, int], within: Area, by: Actor, now: datetime, keep: bool = True
) -> Report:
    """Enters every row in a transaction of its own; imported again, it enters nothing.

    `within` is where areas are named, and the area of rows that name none. Without `keep` everything is tried
    and nothing stays.
    """
    report = Report()
    with transaction.atomic():
        for row in table.rows:
            _enter_row(_Row(row, columns, within, by, now), report)
        if not keep:
            transaction.set_rollback(True)
    return report


def _enter_row(row: "_Row", report: Report) -> None:
    try:
        with transaction.atomic():
            new = row.enter()
    except _RowRefused as refused:
        report.problems.append(Problem(row.row, refused.field, row.shown(refused.field), refused.refused))
    except Refused as refused:
        at = _NAMED.get(getattr(refused, "field", ""))
        report.problems.append(Problem(row.row, at, row.shown(at), refused))
    else:
        report.entered += new
        report.known += not new


class _Row:
    """One row: `enter` says whether anything of it was new."""

    def __init__(
        self, row: TableRow, columns: Mapping[Field, int], within: Area, by: Actor, now: datetime
    ) -> None:
        self.row, self.columns, self.within, self.by, self.now = row, columns, within, by, now
        self.new = False

    def text(self, at: Field) -> str:
        """What stands in a field. Raises if it is too long."""
        text = " ".join(self._cell(at).split())
        if len(text) > (limit := LONGEST.get(at, 120)):
            message = words("{count} characters; at most {limit} are allowed")
            raise _RowRefused(at, Refused(message, count=len(text), limit=limit))
        return text

    def shown(self, at: Field | None) -> str:
        """The value of a field, shortened."""
        return self._cell(at).strip()[:60] if at else ""

    def enter(self) -> bool:
        """Enters a building with its estate and who answers, or a company. Raises _RowRefused or Refused."""
        estate, building = self.text(Field.ESTATE), self.text(Field.BUILDING)
        area = self._area()
        if not estate and not building:
            self._company(Field.COMPANY, area, self.text(Field.USCC))
            return self.new
        project = self._site(SiteKind.PROJECT, estate, area, None, completed=not building) if estate else None
        site = self._site(SiteKind.BUILDING, building, area, project, completed=True) if building else project
        assert site is not None, "one of the two is named"
        self._answering(project or site, area)
        return self.new

    def _cell(self, at: Field) -> str:
        column = self.columns.get(at)
        return "" if column is None or column >= len(self.row.cells) else self.row.cells[column]

    def _area(self) -> Area:
        named = self.text(Field.AREA)
        if not named:
            return self.within
        inside = Area.objects.valid_on(self.now.date()).filter(path__startswith=self.within.path)
        if named.isascii() and named.isdecimal():
            found = find_area(named, self.now.date()) if len(named) in (2, 4, 6, 9, 12) else None
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
