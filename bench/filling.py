"""Fills a home with a city's work of two years.

Companies, estates and accounts are entered by the product's own services. Cases go in by COPY, as the
application's role and past none of the triggers: every step moves its proceeding, every entry is linked. Only the
search's index is dropped and made again, by the owner, for it costs more row by row than all else together.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from psycopg.types.json import Jsonb

from courses import Course, Matter, course_of, ordered_company
from invented_city import City, build_city
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.services import county_id_of
from zhicheng.core.codes import RecordNumber
from zhicheng.core.search import bigrams
from zhicheng.demo.invented import TEXTS
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area
from zhicheng.ground.proceedings.writing import entry_of
from zhicheng.ground.search.terms import number_terms

DAYS = 730
BATCH = 2_000
HISTORICAL = 0.08
TABLES: dict[str, tuple[str, ...]] = {
    "cases_case": (
        "id", "number", "title", "description", "category_id", "area_id", "county_id", "site_id",
        "respondent", "company_id", "reporter_id", "source", "received_at", "replied_at", "reply", "historical",
        "importer_id", "external_system", "external_number", "simulated",
    ),
    "proceedings_proceeding": (
        "id", "kind", "version", "subject_kind", "subject_id", "domain", "area_id", "holder_id", "state", "ending",
        "owner_role", "last_step", "opened_at", "state_since", "due_at", "paused", "simulated",
    ),
    "ledger_entry": ("id", "subject_kind", "subject_id", "act", "actor", "at", "body"),
    "proceedings_step": (
        "proceeding_id", "number", "verb", "from_state", "to_state", "ending", "owner_role", "at", "actor",
        "actor_name", "organization_id", "data", "holder_id", "area_id", "due_at", "paused", "entry_id",
    ),
    "proceedings_clock": (
        "proceeding_id", "limit_key", "started_at", "due_at", "first_due_at", "extended_by", "pauses", "ended_at",
    ),
    "proceedings_participant": ("proceeding_id", "organization_id", "part", "since"),
    "search_searchentry": (
        "subject_kind", "subject_id", "title", "subtitle", "bigrams", "numbers", "updated_at",
    ),
}  # fmt: skip
Rows = dict[str, list[tuple[Any, ...]]]


def fill_home(count: int) -> None:
    """Enters everything and `count` cases; prints how long it took. Raises SystemExit if there are cases."""
    began, now = time.monotonic(), clock.now()
    with settings.EMBEDDED.running():
        if Case.objects.exists():
            raise SystemExit("this home holds cases already: fill a new one")
        random = Random(20_260_101)
        with transaction.atomic():
            city = build_city(random, now - timedelta(days=DAYS))
        print(
            f"{len(city.companies)} companies, {len(city.buildings)} buildings, {time.monotonic() - began:.0f} s"
        )
        _without_search_index(lambda: _fill(city, count, random, now, began))
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"{count} cases, {time.monotonic() - began:.0f} s")
        connections.close_all()


def _fill(city: City, count: int, random: Random, now: datetime, began: float) -> None:
    for start in range(0, count, BATCH):
        _write_batch(city, min(BATCH, count - start), start, random, now)
        if start // BATCH % 10 == 9:
            print(f"  {start + BATCH} cases, {time.monotonic() - began:.0f} s", flush=True)


def _without_search_index(act: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('search_entry_terms'::regclass)")
        ((definition,),) = cursor.fetchall()
        cursor.execute("DROP INDEX search_entry_terms")
        try:
            act()
        finally:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(definition)


@transaction.atomic
def _write_batch(city: City, count: int, start: int, random: Random, now: datetime) -> None:
    rows: Rows = {table: [] for table in TABLES}
    cases, proceedings = _ids("cases_case", count), _ids("proceedings_proceeding", 2 * count)
    courses: list[Course] = []
    for place, case in enumerate(cases):
        drawn = _draw(city, case, random, now)
        course = course_of(drawn.matter, proceedings[2 * place], proceedings[2 * place + 1], random, now)
        _add_case(rows, drawn, course, start + place + 1)
        courses.append(course)
    entries = iter(_ids("ledger_entry", sum(len(course.steps) for course in courses)))
    for course in courses:
        _add_course(rows, course, entries)
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            _copy(cursor, table, columns, rows[table])


@dataclass(frozen=True)
class Drawn:
    """A case before it is written."""

    matter: Matter
    area: Area
    building: Any
    category: Any
    text: str


def _draw(city: City, case: int, random: Random, now: datetime) -> Drawn:
    building = city.buildings[min(int(random.paretovariate(0.6)) - 1, len(city.buildings) - 1)] if (
        random.random() < 0.2) else random.choice(city.buildings)  # fmt: skip
    code = random.choice((*TEXTS, "leak", "leak", "hollow"))
    body = city.bodies[building.area_id]
    matter = Matter(
        case=case, area=building.area_id, body=body, superior=city.superiors[body.id],
        company=random.choices(city.company_ids, city.weights)[0], cause=random.choice(city.causes),
        received_at=now - timedelta(seconds=random.randrange(3600, DAYS * 86400)),
        historical=random.random() < HISTORICAL,
    )  # fmt: skip
    return Drawn(matter, city.areas[building.area_id], building, city.categories[code], TEXTS[code])


def _add_case(rows: Rows, drawn: Drawn, course: Course, serial: int) -> None:
    matter, building = drawn.matter, drawn.building
    at, past = matter.received_at, matter.historical
    number = str(RecordNumber("TS", drawn.area.code[:4], at.year, serial))
    title = f"{drawn.category.zh} · {building.parent.name} {building.name}"
    external = f"{at:%Y%m%d}{serial:07d}" if past else ""
    replied_at = at + timedelta(days=3) if past else None
    rows["cases_case"].append((
        matter.case, number, title, drawn.text, None if past else drawn.category.id, matter.area,
        county_id_of(drawn.area), building.id, "",
        ordered_company(course), None, "import" if past else "portal", at, replied_at, "已回复。" if past else "",
        past, matter.body.id if past else None, "bench" if past else "", external, True,
    ))  # fmt: skip
    terms, numbers = bigrams(title, drawn.text), number_terms([one for one in (number, external) if one])
    rows["search_searchentry"].append((SUBJECT, matter.case, title, "", terms, numbers, at))


def _add_course(rows: Rows, course: Course, entries: Iterable[int]) -> None:
    ids = iter(entries)
    for row in course.steps:
        entry = next(ids)
        rows["ledger_entry"].append((entry, *row.subject, row.verb, row.by.key, row.now, entry_of(row)))
        rows["proceedings_step"].append((
            row.proceeding_id, row.number, row.verb, row.from_state, row.to.key, row.to.ending, row.awaited or "",
            row.now, row.by.key, row.by.name, row.by.organization_id, Jsonb(dict(row.data)), row.holder,
            row.area_id, row.clocks.due_at, False, entry,
        ))  # fmt: skip
        if row.number == 1:
            rows["proceedings_proceeding"].append((
                row.proceeding_id, row.process.key, row.process.version, *row.subject, row.domain, row.area_id,
                row.holder, row.to.key, row.to.ending, row.awaited or "", 1, row.now, row.now, row.clocks.due_at,
                False, row.simulated,
            ))  # fmt: skip
    rows["proceedings_clock"] += [
        (one.proceeding, one.limit_key, one.started_at, one.due_at, one.due_at, 0, Jsonb([]), one.ended_at)
        for one in course.clocks
    ]
    rows["proceedings_participant"] += course.parts


def _ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [f"{table}_id_seq", count])
        return [one for (one,) in cursor.fetchall()]


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
