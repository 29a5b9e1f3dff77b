"""Which column of a table of companies or buildings holds what: guessed from the head, changed by people."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.objects.api import Answers


class Field(StrEnum):
    """What is taken from a row. A row that names an estate or building is one; any other is a company."""

    COMPANY = "company"
    USCC = "uscc"
    INDUSTRY = "industry"
    TELEPHONE = "telephone"
    AREA = "area"
    ADDRESS = "address"
    ESTATE = "estate"
    BUILDING = "building"
    COMPLETED_ON = "completed_on"
    DEVELOPER = "developer"
    DESIGNER = "designer"
    SUPERVISOR = "supervisor"
    CONTRACTOR = "contractor"
    SUBCONTRACTOR = "subcontractor"
    MATERIAL_SUPPLIER = "material_supplier"
    PROPERTY_MANAGER = "property_manager"


ANSWERING: Mapping[Field, Answers] = {
    Field(role.value): role for role in Answers if role not in (Answers.SELLER, Answers.PRODUCER)
}
"""The fields that name who answers for a building, in the order of the chain."""
ABOVE: Mapping[Field, tuple[Field, ...]] = {
    Field.DESIGNER: (Field.DEVELOPER,),
    Field.SUPERVISOR: (Field.DEVELOPER,),
    Field.CONTRACTOR: (Field.DEVELOPER,),
    Field.SUBCONTRACTOR: (Field.CONTRACTOR, Field.DEVELOPER),
    Field.MATERIAL_SUPPLIER: (Field.SUBCONTRACTOR, Field.CONTRACTOR, Field.DEVELOPER),
}
"""To whom each answers: the first of these that the row names."""
LABELS: Mapping[Field, str] = {
    Field.COMPANY: words("Name of the organization"),
    Field.USCC: words("Unified social credit code"),
    Field.INDUSTRY: words("Industry code"),
    Field.TELEPHONE: words("Telephone"),
    Field.AREA: words("Area"),
    Field.ADDRESS: words("Address"),
    Field.ESTATE: words("Estate or project"),
    Field.BUILDING: words("Building"),
    Field.COMPLETED_ON: words("Completed on"),
    Field.DEVELOPER: words("Developer"),
    Field.DESIGNER: words("Designer"),
    Field.SUPERVISOR: words("Construction supervisor"),
    Field.CONTRACTOR: words("Contractor"),
    Field.SUBCONTRACTOR: words("Subcontractor"),
    Field.MATERIAL_SUPPLIER: words("Material supplier"),
    Field.PROPERTY_MANAGER: words("Property manager"),
}
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.COMPANY: ("企业名称", "单位名称", "公司名称", "市场主体名称", "company", "company name", "organization"),
    Field.USCC: ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "uscc", "credit code"),
    Field.INDUSTRY: ("行业代码", "国民经济行业代码", "industry", "industry code"),
    Field.TELEPHONE: ("电话", "联系电话", "单位电话", "telephone", "phone"),
    Field.AREA: (
        "区划",
        "区划代码",
        "行政区划",
        "所在区域",
        "区县",
        "乡镇街道",
        "镇街",
        "街道",
        "area",
        "area code",
    ),
    Field.ADDRESS: ("地址", "详细地址", "项目地址", "注册地址", "住所", "address"),
    Field.ESTATE: ("小区", "小区名称", "项目", "项目名称", "工程名称", "楼盘", "estate", "project"),
    Field.BUILDING: ("楼栋", "楼号", "栋号", "幢号", "楼幢", "building"),
    Field.COMPLETED_ON: ("竣工日期", "竣工时间", "竣工验收日期", "completed on", "completed"),
    Field.DEVELOPER: ("建设单位", "开发单位", "开发商", "开发企业", "developer"),
    Field.DESIGNER: ("设计单位", "designer"),
    Field.SUPERVISOR: ("监理单位", "supervisor"),
    Field.CONTRACTOR: ("施工单位", "总包单位", "施工总承包单位", "承建单位", "contractor"),
    Field.SUBCONTRACTOR: ("分包单位", "专业分包单位", "subcontractor"),
    Field.MATERIAL_SUPPLIER: ("材料供应商", "材料供应单位", "supplier", "material supplier"),
    Field.PROPERTY_MANAGER: ("物业", "物业公司", "物业单位", "物业服务企业", "property manager"),
}


def guess_columns(head: Sequence[str]) -> dict[Field, int]:
    """The zero-based column of every field whose name or synonym a head has.

    >>> {str(field): column for field, column in guess_columns(["小区名称", " 楼号", "施工单位", "备注"]).items()}
    {'estate': 0, 'building': 1, 'contractor': 2}
    """
    known = {fold(name): field for field, names in SYNONYMS.items() for name in names}
    found: dict[Field, int] = {}
    for column, name in enumerate(head):
        field = known.get(fold(name))
        if field is not None:
            found.setdefault(field, column)
    return found


def checked(columns: dict[Field, int]) -> dict[Field, int]:
    """The columns, if a row by them can name anything. Raises Refused."""
    if columns.keys().isdisjoint((Field.COMPANY, Field.ESTATE, Field.BUILDING)):
        raise Refused(words("No column names a company, an estate or a building: say which does"))
    return columns
