"""The register of a year on paper: set like every paper of the house, though it is a list and no document.

It has no number and no code to verify it by: whoever needs to prove a line proves it by the ledger.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.archive.models import Filing
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.documents.api import Block, BlockKind, Head, Paper, typeset
from zhicheng.ground.ledger.api import record

TITLE = "{year}年度归档登记簿"
HEADS = ("序号", "档号", "事项编号", "题名", "办结日期", "保管至", "备注")
WIDTHS = (4, 11, 13, 18, 11, 11, 11)
TAKEN_OUT = "{day}取出"
TOTAL = "本年度共编号{count}件，其中已取出{out}件。"
EDITION = "质城1"
MOST_LINES = 5_000
"""How many lines are set at once: some seconds, and about two hundred sheets."""
Titled = Callable[[Sequence[Filing], Actor], Sequence[Any]]


def serve_register(filings: QuerySet[Filing], *, titled: Titled, by: Actor, now: datetime) -> HttpResponse:
    """The PDF of filings of one body and year; that it was printed is in the ledger. Raises Refused."""
    found = list(filings[: MOST_LINES + 1])
    if not found:
        raise Refused(words("There is nothing to print here."))
    if len(found) > MOST_LINES:
        raise Refused(words("At most {limit} lines are printed together; narrow the list."), limit=MOST_LINES)
    content = typeset(register_paper(titled(found, by), local(now).date()), Path(settings.FONTS_ROOT))
    first = found[0]
    body = {"issuer": first.issuer_id, "year": first.year, "lines": len(found)}
    with transaction.atomic():
        record(subject=("user", by.user_id or 0), act="archive.print", by=by, now=now, body=body)
    name = content_disposition_header(as_attachment=False, filename=f"{TITLE.format(year=first.year)}.pdf") or ""
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def register_paper(rows: Sequence[Any], on: date) -> Paper:
    """The register as a paper; `rows` are filings of one body and year with numbers and titles, at least one."""
    first = rows[0].filing
    out = sum(not row.filing.in_place for row in rows)
    grid = Block(kind=BlockKind.GRID, heads=HEADS, widths=WIDTHS, rows=tuple(_line(row) for row in rows))
    return Paper(
        form="archive_register", edition=EDITION, title=TITLE.format(year=first.year), issuer=first.issuer.name,
        number="", issued_on=on, code="", address="", head=Head.PLAIN, seal=False,
        blocks=(grid, Block(text=TOTAL.format(count=len(rows), out=out))),
        simulated=is_simulated() or any(row.filing.simulated for row in rows),
    )  # fmt: skip


def _line(row: Any) -> tuple[str, ...]:
    one: Filing = row.filing
    remark = TAKEN_OUT.format(day=local(one.taken_out_at).date().isoformat()) if one.taken_out_at else ""
    ended, kept = one.ended_on.isoformat(), one.kept_until.isoformat()
    return (str(one.serial), one.number, row.number, row.title, ended, kept, remark)
