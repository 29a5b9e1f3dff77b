"""On the page of a case that can be filed: the button that does it, for whoever may."""

from collections.abc import Mapping
from typing import Any

from zhicheng.cases.archiving.queries import file_of
from zhicheng.cases.models import SUBJECT
from zhicheng.core.access import HOLDING, Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.archive.api import filing_of, kept_until, may_file
from zhicheng.ground.ui.panels import Panel


def filing_panel() -> Panel:
    """The panel of a case that has ended for good and is not filed."""
    return Panel("filing", words("Ready for the archive"), "cases/_file_away.html", _context, place=3)


def _context(actor: Actor, case_id: int) -> Mapping[str, Any] | None:
    if all(reach.role not in HOLDING for reach in actor.reaches):
        return None
    now = clock.now()
    try:
        file = file_of(case_id, now)
    except Refused:
        return None
    if not may_file(file.matter, actor) or filing_of((SUBJECT, case_id)) is not None:
        return None
    until, _ = kept_until(file, clock.today())
    return {"case": case_id, "year": file.ended_on.year, "until": until}
