"""Rows of a file of historical cases, with the usual head, and importing such a file."""

from datetime import datetime
from typing import IO

from zhicheng.cases.importing.importer import IMPORTER
from zhicheng.cases.importing.mapping import ColumnMapping
from zhicheng.cases.importing.plans import mapping_of, plan_for
from zhicheng.core.access import Actor
from zhicheng.ground.importing import services
from zhicheng.ground.importing.models import ImportRun
from zhicheng.ground.importing.queries import proposed_plan
from zhicheng.ground.importing.table import Table
from zhicheng.ground.parties.api import Organization

HEAD = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
GOOD = ("101", "A001", "楼顶漏水", "2019/4/25 9:32:09", "下雨就漏", "已修好", "2019/5/10 14:56:53")


def row(number: str, **changes: str) -> tuple[str, ...]:
    """A good row with another number and other cells by the name of their column."""
    cells = dict(zip(HEAD, GOOD, strict=True)) | {"留言编号": number} | changes
    return tuple(cells[name] for name in HEAD)


def receive_file(
    *, source: IO[bytes], name: str, organization: Organization, by: Actor, now: datetime
) -> tuple[ImportRun, Table]:
    """Uploads a file of historical cases."""
    return services.receive_file(
        importer=IMPORTER, source=source, name=name, organization=organization, by=by, now=now
    )


def proposed_mapping(organization: Organization, table: Table) -> ColumnMapping:
    """The columns as the house proposes them to a body."""
    return mapping_of(proposed_plan(IMPORTER, organization, table))


def confirm_import(*, run: ImportRun, mapping: ColumnMapping, system: str, now: datetime) -> ImportRun:
    """Confirms an upload with its columns and its earlier system."""
    return services.confirm_import(run=run, plan=plan_for(run.organization, mapping, system), now=now)
