"""How an import of historical cases is planned: its columns, the earlier system, whether its times are days."""

from collections.abc import Mapping
from typing import Any

from zhicheng.cases.importing.checking import gives_days_only
from zhicheng.cases.importing.mapping import ColumnMapping, Field, guess_columns
from zhicheng.core.access import ENTERING, Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Table
from zhicheng.ground.importing.registry import Plan
from zhicheng.ground.parties.api import Kind, Organization

LONGEST_SYSTEM = 40
KINDS = (Kind.PUBLIC_BODY, Kind.HOTLINE_CENTRE)


def importing_organization(actor: Actor) -> Organization | None:
    """The actor's own body, if they are a clerk or an officer of it: what they import becomes its cases."""
    own = actor.organization_id
    if own is None or not any(reach.role in ENTERING and own in reach.organizations for reach in actor.reaches):
        return None
    return Organization.objects.select_related("area").filter(id=own, kind__in=KINDS).first()


def checked_system(system: str) -> str:
    """The name of the earlier system in its one form. Raises Refused if it is missing or too long."""
    name = " ".join(system.split())
    if not name or len(name) > LONGEST_SYSTEM or not name.isprintable():
        raise Refused(words("Give the earlier system a name of 1 to {limit} characters, such as “wenzheng”."),
                      limit=LONGEST_SYSTEM)  # fmt: skip
    return name


def plan_for(organization: Organization, mapping: ColumnMapping, system: str) -> Plan:
    """The plan by which a body's file from a system is read."""
    options = {"system": system, "days_only": mapping.days_only}
    return Plan(organization, {field.value: column for field, column in mapping.columns.items()}, options, system)


def mapping_of(plan: Plan) -> ColumnMapping:
    """The columns of a plan, and whether its times are days."""
    columns = {Field(name): column for name, column in plan.columns.items()}
    return ColumnMapping(columns, bool(plan.options.get("days_only")))


def check_plan(plan: Plan, width: int) -> None:
    """Raises Refused if a table of `width` columns cannot be read so, or the system has no name."""
    mapping_of(plan).checked(width)
    if "system" in plan.options:  # before it is confirmed, the file can be looked at without
        checked_system(plan.options["system"])


def guess(table: Table, organization: Organization) -> tuple[Mapping[str, int], Mapping[str, Any]]:
    """The likeliest columns, and whether their times are days."""
    columns = {field: column for field, (column, _) in guess_columns(table.head).items()}
    days_only = gives_days_only(table, ColumnMapping(columns))
    return {field.value: column for field, column in columns.items()}, {"days_only": days_only}
