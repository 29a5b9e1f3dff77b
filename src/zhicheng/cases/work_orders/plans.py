"""How an import of work orders is planned: whose it is, its columns, and what the other hotline is called."""

import re
from collections.abc import Mapping
from typing import Any

from zhicheng.cases.work_orders.columns import LABELS, MOMENTS, REQUIRED, guess_columns
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Table, read_moment
from zhicheng.ground.importing.registry import Plan
from zhicheng.ground.parties.api import Kind, Organization

_SYSTEM = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def hotline_of(actor: Actor) -> Organization | None:
    """The hotline centre that the actor belongs to, if they take its calls: it takes the work orders."""
    own = actor.organization_id
    takes = any(reach.role is Role.CALLER and own in reach.organizations for reach in actor.reaches)
    if own is None or not takes:
        return None
    return Organization.objects.select_related("area").filter(id=own, kind=Kind.HOTLINE_CENTRE).first()


def checked_hotline(system: str) -> str:
    """The name of the other hotline, in the one form that the HTTP interface takes too. Raises Refused."""
    name = system.strip()
    if not _SYSTEM.fullmatch(name):
        message = words(
            "Give the external hotline a name of small letters, digits, - . _, such as “jining-12345”."
        )
        raise Refused(message)
    return name


def check_plan(plan: Plan, width: int) -> None:
    """Raises Refused if a table of `width` columns cannot be read so, or the hotline has no name."""
    for field in REQUIRED:
        if field not in plan.columns:
            raise Refused(words("Say which column holds “{label}”."), label=LABELS[field])
    if any(not 0 <= column < width for column in plan.columns.values()):
        raise Refused(words("A field names a column that the file does not have."))
    if len(set(plan.columns.values())) < len(plan.columns):
        raise Refused(words("Two fields name the same column; each needs its own."))
    if "system" in plan.options:  # before it is confirmed, the file can be looked at without
        checked_hotline(plan.options["system"])


def guess(table: Table, organization: Organization) -> tuple[Mapping[str, int], Mapping[str, Any]]:
    """The likeliest columns, and whether their times are days throughout."""
    columns = guess_columns(table.head)
    cells = (row.cells[columns[field]] for field in MOMENTS if field in columns for row in table.rows)
    written = [moment for cell in cells if (moment := read_moment(cell)) is not None]
    days_only = bool(written) and not any(moment.has_clock for moment in written)
    return {field.value: column for field, column in columns.items()}, {"days_only": days_only}
