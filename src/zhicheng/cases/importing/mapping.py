"""Which column of a file holds which field of a historical case: guessed from the head, changed by people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Field(StrEnum):
    """What is taken from a row. Who reported it is not: a name or number would be a person's, and the pseudonym
    of another system is nobody here."""

    NUMBER = "number"
    TITLE = "title"
    RECEIVED_AT = "received_at"
    DESCRIPTION = "description"
    REPLY = "reply"
    REPLIED_AT = "replied_at"
    CATEGORY = "category"


REQUIRED = (Field.NUMBER, Field.TITLE, Field.RECEIVED_AT)
LABELS: Mapping[Field, str] = {
    Field.NUMBER: words("Number there"),
    Field.TITLE: words("Matter"),
    Field.RECEIVED_AT: words("Received"),
    Field.DESCRIPTION: words("What happened"),
    Field.REPLY: words("Reply"),
    Field.REPLIED_AT: words("Replied"),
    Field.CATEGORY: words("Category"),
}
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "留言编号", "工单编号", "工单号", "投诉编号", "信件编号", "案件编号", "受理编号", "登记编号", "编号",
        "流水号", "number", "case number", "ticket number", "ticket id", "case id", "id",
    ),
    Field.TITLE: (
        "留言主题", "留言标题", "工单标题", "投诉标题", "信件标题", "标题", "主题", "事项名称", "title", "subject",
    ),
    Field.RECEIVED_AT: (
        "留言时间", "来电时间", "来信时间", "投诉时间", "受理时间", "登记时间", "创建时间", "提交时间", "留言日期",
        "投诉日期", "受理日期", "received at", "received", "submitted at", "created at", "date received",
    ),
    Field.DESCRIPTION: (
        "留言详情", "留言内容", "投诉内容", "来信内容", "诉求内容", "问题描述", "详细内容", "内容", "详情",
        "description", "content", "details", "message", "complaint",
    ),
    Field.REPLY: (
        "答复意见", "答复内容", "回复内容", "办理结果", "处理结果", "办理情况", "回复意见", "答复", "回复",
        "reply", "answer", "response", "result",
    ),
    Field.REPLIED_AT: (
        "答复时间", "回复时间", "办结时间", "办理时间", "答复日期", "回复日期", "办结日期",
        "replied at", "replied", "answered at", "closed at", "date of reply",
    ),
    Field.CATEGORY: (
        "分类", "类别", "问题类别", "投诉类别", "一级标签", "留言分类", "category", "type", "topic",
    ),
}  # fmt: skip
PERSONAL = (
    "用户", "留言人", "投诉人", "来电人", "联系人", "姓名", "电话", "手机", "身份证", "住址", "联系地址",
    "user", "reporter", "phone", "email",
)  # fmt: skip
"""What the head of a column holds that tells who somebody is: such a column is never guessed for a field."""
EXACT, LEAST = 100, 60
_CONTAINED = (50, 90)
"""The scores of a name in which a synonym is lost among other words, and of one that is nearly a synonym."""


class MappingRefused(Refused):
    """A choice of columns by which no row could become a case."""


@dataclass(frozen=True)
class ColumnMapping:
    """The zero-based column of every field that is taken.

    `days_only` says that the file's times are days without a time of day: such a day is then kept as its first
    moment. Without it a lone day is refused, for nobody knows at what time of it something happened.
    """

    columns: Mapping[Field, int]
    days_only: bool = False

    def checked(self, width: int) -> "ColumnMapping":
        """This mapping, if a table of `width` columns can be read by it. Raises MappingRefused."""
        for field in REQUIRED:
            if field not in self.columns:
                raise MappingRefused(words("Say which column holds “{label}”."), label=LABELS[field])
        for field, column in self.columns.items():
            if not 0 <= column < width:
                raise MappingRefused(words("“{label}” names a column that the file does not have."),
                                     label=LABELS[field])  # fmt: skip
        if len(set(self.columns.values())) < len(self.columns):
            raise MappingRefused(words("Two fields name the same column; each needs its own."))
        return self


def guess_columns(head: Sequence[str]) -> dict[Field, tuple[int, int]]:
    """The likeliest column of every field with a score from 60 to 100; fields without a likely column are absent.

    >>> guess_columns(["留言编号", "留言用户", "留言主题", "收到的留言时间"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {<Field.NUMBER: 'number'>: (0, 100), <Field.TITLE: 'title'>: (2, 100),
     <Field.RECEIVED_AT: 'received_at'>: (3, 72)}
    """
    scores = [
        (score_of(name, field), column, field)
        for column, name in enumerate(head)
        for field in Field
        if not is_personal(name)
    ]
    found: dict[Field, tuple[int, int]] = {}
    taken: set[int] = set()
    for score, column, field in sorted(scores, key=lambda one: (-one[0], one[1])):
        if score >= LEAST and field not in found and column not in taken:
            found[field] = (column, score)
            taken.add(column)
    return {field: found[field] for field in Field if field in found}


def score_of(name: str, field: Field) -> int:
    """How likely a column of this name holds the field: 100 for a synonym; less, the more else the name says."""
    folded = fold(name)
    synonyms = [fold(synonym) for synonym in SYNONYMS[field]]
    if folded in synonyms:
        return EXACT
    low, high = _CONTAINED
    within = [one for one in synonyms if one in folded and (len(one) > 2 or not one.isascii())]
    best = max((low + (high - low) * len(one) // len(folded) for one in within), default=0)
    return best if best >= LEAST else 0


def is_personal(name: str) -> bool:
    """Whether a column of this name tells who somebody is."""
    folded = fold(name)
    return any(one in folded for one in PERSONAL)
