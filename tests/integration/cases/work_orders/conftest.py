"""A hotline centre with somebody who takes its calls, and tables of another hotline's work orders."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from integration.cases.conftest import City
from zhicheng.cases.work_orders.importer import IMPORTER
from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.api import actor_for, grant_role, open_account
from zhicheng.ground.importing.api import ImportRun, carry_out, confirm_import, proposed_plan, receive_file
from zhicheng.ground.importing.queries import problems_of
from zhicheng.ground.importing.registry import Plan
from zhicheng.ground.parties.api import Organization, get_organization_by_key
from zhicheng.ground.proceedings.api import SYSTEM
from zhicheng.ground.ui.templatetags.house import sentence

SYSTEM_NAME = "province-12345"
HEAD = (
    "工单编号", "来电人", "联系电话", "来电时间", "办结期限", "区县", "镇街", "事发地址", "诉求分类", "诉求内容",
    "被投诉单位", "诉求目的", "备注",
)  # fmt: skip
Write = Callable[..., Path]
Import = Callable[..., ImportRun]


def order(number: str, **changes: str) -> tuple[str, ...]:
    """A row as the other hotline writes it."""
    cells = {
        "工单编号": number, "来电人": "王明", "联系电话": "13800001234", "来电时间": "2026-11-22 16:05",
        "办结期限": "2026-11-30 18:00", "区县": "滕州市", "镇街": "", "事发地址": "阳光花园3号楼501室",
        "诉求分类": "住房/工程质量/渗漏", "诉求内容": "卫生间顶板渗漏，物业不处理。", "被投诉单位": "某某置业",
        "诉求目的": "", "备注": "",
    }  # fmt: skip
    return tuple({**cells, **changes}[name] for name in HEAD)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Reasons and heads in one language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """Uploads go to a directory of the test's own."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def centre(city: City) -> Organization:
    return get_organization_by_key("zaozhuang-12345")


@pytest.fixture
def agent(centre: Organization, now: datetime) -> Actor:
    user = open_account(username="agent", name="Sun", password="", organization=centre, by=SYSTEM, now=now)
    grant_role(user=user, role=Role.CALLER, organization=centre, valid_from=now.date(), by=SYSTEM, now=now)
    return actor_for(user, now.date())


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a table."""

    def write(*rows: Sequence[str], head: Sequence[str] = HEAD) -> Path:
        path = tmp_path / "orders.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([head, *rows])
        return path

    return write


@pytest.fixture
def imports(centre: Organization, agent: Actor, now: datetime, write: Write) -> Import:
    """Imports a table from beginning to end."""

    def imports(*rows: Sequence[str], system: str = SYSTEM_NAME, head: Sequence[str] = HEAD) -> ImportRun:
        with write(*rows, head=head).open("rb") as source:
            run, table = receive_file(
                importer=IMPORTER, source=source, name="orders.csv", organization=centre, by=agent, now=now
            )
        proposed = proposed_plan(IMPORTER, centre, table)
        plan = Plan(centre, proposed.columns, {**proposed.options, "system": system}, system)
        confirm_import(run=run, plan=plan, now=now)
        return carry_out(key=run.key, now=now)

    return imports


def reasons(run: ImportRun) -> list[tuple[int, str, str]]:
    """Row, field and reason of everything that was refused."""
    refused = run.refused_rows.order_by("row")
    return [
        (one.row, str(one.field), sentence(one.message, one.params)) for row in refused for one in problems_of(row)
    ]
