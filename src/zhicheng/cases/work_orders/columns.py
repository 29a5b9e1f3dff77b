"""Which column of a table of work orders holds what."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum

from zhicheng.core.columns import fold
from zhicheng.core.masks import HIDDEN, mask_address, mask_name, mask_phone
from zhicheng.core.phones import PhoneError
from zhicheng.core.words import words


class Field(StrEnum):
    """What is taken from a work order. `due_at` is the external hotline's own limit for the answer."""

    NUMBER = "number"
    DESCRIPTION = "description"
    CATEGORY = "category"
    AREA = "area"
    TOWNSHIP = "township"
    PLACE = "place"
    RECEIVED_AT = "received_at"
    DUE_AT = "due_at"
    NAME = "name"
    PHONE = "phone"
    RESPONDENT = "respondent"
    DEMAND = "demand"


LABELS: Mapping[Field, str] = {
    Field.NUMBER: words("Number there"),
    Field.DESCRIPTION: words("What happened"),
    Field.CATEGORY: words("Category"),
    Field.AREA: words("County or area"),
    Field.TOWNSHIP: words("Township or subdistrict"),
    Field.PLACE: words("Place in words"),
    Field.RECEIVED_AT: words("Received there"),
    Field.DUE_AT: words("To be answered by"),
    Field.NAME: words("Name of the reporter"),
    Field.PHONE: words("Telephone of the reporter"),
    Field.RESPONDENT: words("Company complained of"),
    Field.DEMAND: words("What is asked for"),
}
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "工单编号", "工单号", "受理编号", "流水号", "编号", "order number", "ticket number", "number", "id",
    ),
    Field.DESCRIPTION: (
        "工单内容", "诉求内容", "问题描述", "投诉内容", "来电内容", "内容", "详情", "description", "content",
    ),
    Field.CATEGORY: (
        "诉求分类", "工单分类", "问题分类", "归口类别", "分类", "类别", "category", "type", "topic",
    ),
    Field.AREA: (
        "所属区县", "区县", "所属区域", "行政区划", "区划代码", "区域", "事发区域", "county", "area", "district",
    ),
    Field.TOWNSHIP: ("镇街", "乡镇街道", "所属镇街", "街道", "乡镇", "township", "subdistrict"),
    Field.PLACE: ("事发地址", "事发地点", "详细地址", "地址", "地点", "address", "place", "location"),
    Field.RECEIVED_AT: (
        "来电时间", "受理时间", "登记时间", "创建时间", "received at", "received", "called at", "created at",
    ),
    Field.DUE_AT: (
        "办结期限", "办理期限", "办结时限", "截止时间", "要求办结时间", "应办结时间", "due at", "due", "deadline",
    ),
    Field.NAME: (
        "来电人姓名", "诉求人姓名", "来电人", "诉求人", "联系人", "姓名", "reporter", "caller", "name",
    ),
    Field.PHONE: (
        "来电号码", "联系电话", "联系方式", "手机号码", "电话", "手机", "phone", "telephone", "mobile",
    ),
    Field.RESPONDENT: (
        "被投诉单位", "被投诉对象", "被反映单位", "涉事企业", "涉及企业", "respondent", "company",
    ),
    Field.DEMAND: ("诉求目的", "诉求事项", "群众诉求", "请求事项", "demand", "asked for", "request"),
}  # fmt: skip


def _masked_phone(value: str) -> str:
    with suppress(PhoneError):
        return mask_phone(value)
    return HIDDEN if value else ""


REQUIRED = (Field.NUMBER, Field.DESCRIPTION, Field.CATEGORY, Field.AREA)
MOMENTS = (Field.RECEIVED_AT, Field.DUE_AT)
MASKS: Mapping[str, Callable[[str], str]] = {
    Field.NAME: mask_name, Field.PHONE: _masked_phone, Field.PLACE: mask_address,
}  # fmt: skip


def guess_columns(head: Sequence[str]) -> dict[Field, int]:
    """The zero-based column of every field whose name or synonym a head has.

    >>> {str(field): column for field, column in guess_columns(["工单编号", "备注", "区 县"]).items()}
    {'number': 0, 'area': 2}
    """
    known = {fold(name): field for field, names in SYNONYMS.items() for name in names}
    found: dict[Field, int] = {}
    for column, name in enumerate(head):
        if field := known.get(fold(name)):
            found.setdefault(field, column)
    return found
