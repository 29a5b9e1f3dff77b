"""Work orders of another hotline: a table that waits for its uploader, one in which all was refused, a sheet."""

from io import BytesIO

from web.walk.moments import RECENTLY, TODAY
from zhicheng.cases.models import AnswerSheet
from zhicheng.cases.work_orders.importer import IMPORTER
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.importing.api import carry_out, confirm_import, proposed_plan, receive_file
from zhicheng.ground.importing.registry import Plan

TABLE = "工单编号,区县,诉求分类,诉求内容,联系电话\n{number},亚特兰蒂斯,渗漏,卫生间顶板渗漏,13800001234\n"


def give_over(caller: User) -> None:
    """What a hotline's caller has from another hotline, and what that one was told."""
    assert caller.organization is not None
    by = actor_for(caller, TODAY)
    for number, confirmed in ((1, False), (2, True)):
        run, table = receive_file(
            importer=IMPORTER, source=BytesIO(TABLE.format(number=number).encode()), name=f"orders{number}.csv",
            organization=caller.organization, by=by, now=RECENTLY,
        )  # fmt: skip
        if confirmed:
            columns = proposed_plan(IMPORTER, caller.organization, table).columns
            plan = Plan(caller.organization, columns, {"system": "province-12345"}, "province-12345")
            confirm_import(run=run, plan=plan, now=RECENTLY)
            assert carry_out(key=run.key, now=RECENTLY).refused == 1
    AnswerSheet.objects.create(
        organization=caller.organization, system="province-12345", rows=0, made_by=by.key, made_by_name=by.name,
        made_at=RECENTLY,
    )  # fmt: skip
