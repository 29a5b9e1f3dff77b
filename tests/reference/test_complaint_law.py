"""Grounds and limits of the complaint laws against their published text, and days counted by hand."""

import re
from datetime import date, datetime

import pytest

from zhicheng.core.clock import LOCAL, ChineseCalendar, Citation, InForce, Limit, due_at
from zhicheng.ground.packs.api import NATIONAL
from zhicheng.ground.packs.reading import read_pack
from zhicheng.ground.packs.tables.limits import LimitEntry

ORDER_121_16 = (
    "（一）投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的；"
    "（二）法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议的；"
    "（三）不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议的；"
    "（四）除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的；"
    "（五）未提供本办法第十条第一款、第十一条规定的材料，或者提供虚假材料的；"
    "（六）冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息的；"
    "（七）法律、法规、规章规定不予受理的其他情形。"
)
ORDER_121_23 = (
    "（一）投诉人撤回投诉或者双方自行和解的；（二）投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解的；"
    "（三）经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的；"
    "（四）投诉人与被投诉人对鉴定、检测费用承担无法协商一致的；"
    "（五）自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议的；"
    "（六）市场监督管理部门受理投诉后，发现存在本办法第十六条、第四十二条规定情形的；"
    "（七）投诉人、被投诉人死亡或者主体资格灭失的；（八）法律、法规、规章规定的应当终止调解的其他情形。"
)
ORDER_20_15 = (
    "（一）投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的；"
    "（二）法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会或者依法成立的其他调解组织"
    "已经受理或者处理过同一消费者权益争议的；"
    "（三）不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议的；"
    "（四）除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的；"
    "（五）未提供本办法第九条第一款和第十条规定的材料的；（六）法律、法规、规章规定不予受理的其他情形。"
)
ORDER_20_21 = (
    "（一）投诉人撤回投诉或者双方自行和解的；"
    "（二）投诉人与被投诉人对委托承担检定、检验、检测、鉴定工作的技术机构或者费用承担无法协商一致的；"
    "（三）投诉人或者被投诉人无正当理由不参加调解，或者被投诉人明确拒绝调解的；"
    "（四）经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的；"
    "（五）自投诉受理之日起四十五个工作日内投诉人和被投诉人未能达成调解协议的；"
    "（六）市场监督管理部门受理投诉后，发现存在本办法第十五条规定情形的；"
    "（七）法律、法规、规章规定的应当终止调解的其他情形。"
)
PENALTY_20 = (
    "（一）违法行为轻微并及时改正，没有造成危害后果；（二）初次违法且危害后果轻微并及时改正；"
    "（三）当事人有证据足以证明没有主观过错，但法律、行政法规另有规定的除外；（四）依法可以不予立案的其他情形。"
)
NUMERALS = "一二三四五六七八"


@pytest.mark.parametrize(
    ("catalogue", "text", "article"),
    [
        ("market.rejection", ORDER_121_16, "第十六条第{}项"),
        ("market.mediation_end", ORDER_121_23, "第二十三条第一款第{}项"),
        ("market.rejection.order20", ORDER_20_15, "第十五条第{}项"),
        ("market.mediation_end.order20", ORDER_20_21, "第二十一条第一款第{}项"),
        ("market.no_filing", PENALTY_20, "第二十条第一款第{}项"),
    ],
)
def test_grounds_are_those_of_the_text_in_its_order(catalogue: str, text: str, article: str) -> None:
    items = re.findall(r"（[一二三四五六七八]）(.*?)[；。]", text)
    terms = [line.row for line in read_pack(NATIONAL).contents.of("terms") if line.row.catalogue == catalogue]
    quoted = sorted((term for term in terms if "非原文" not in term.note), key=lambda term: term.sort)
    assert [term.zh for term in quoted] == items
    assert all(term.note.endswith(article.format(NUMERALS[i])) for i, term in enumerate(quoted))
    assert not any(term.sample for term in terms)


def test_the_orders_grounds_meet_without_gap_or_overlap() -> None:
    ends = {
        (line.row.catalogue.startswith("market.") and line.row.catalogue.endswith("order20"), line.row.valid_to)
        for line in read_pack(NATIONAL).contents.of("terms")
        if line.row.catalogue.removesuffix(".order20") in ("market.rejection", "market.mediation_end")
    }
    assert ends == {(True, date(2026, 4, 14)), (False, None)}


def law(key: str, on: date) -> Limit:
    """The limit of the national pack that is in force on a day."""
    rows: list[LimitEntry] = [line.row for line in read_pack(NATIONAL).contents.of("limits")]
    row = next(r for r in rows if r.key == key and r.valid_from <= on and (r.valid_to is None or on <= r.valid_to))
    return Limit(
        key=key, amount=row.amount, unit=row.unit, roll=row.roll, citation=Citation(row.citation, row.verified),
        in_force=InForce(row.valid_from),
    )  # fmt: skip


def last_day(key: str, opened: date, started: date) -> date:
    due = due_at(datetime(started.year, started.month, started.day, 10, tzinfo=LOCAL), law(key, opened),
                 ChineseCalendar())  # fmt: skip
    assert due is not None
    return due.date()


@pytest.mark.parametrize(
    ("key", "opened", "started", "last"),
    [
        # Order 121 §23 (5), §45: sixty calendar days; the sixtieth, 14 June 2026, is a Sunday.
        ("market.mediation", date(2026, 4, 15), date(2026, 4, 15), date(2026, 6, 15)),
        ("market.mediation", date(2026, 4, 15), date(2026, 4, 16), date(2026, 6, 15)),
        # Order 20 §21 (5): forty-five working days, New Year off and Sunday 4 January 2026 worked.
        ("market.mediation", date(2025, 11, 28), date(2025, 12, 1), date(2026, 2, 3)),
        # Opened on the last day of Order 20 and accepted under Order 121: still forty-five working days.
        ("market.mediation", date(2026, 4, 14), date(2026, 4, 20), date(2026, 6, 25)),
        # Order 121 §15: seven working days over Labour Day, with Saturday 9 May worked.
        ("market.accept", date(2026, 4, 29), date(2026, 4, 29), date(2026, 5, 12)),
        # 行政处罚程序规定 §18: fifteen working days over Mid-Autumn and National Day, 10 October worked.
        ("market.verification", date(2026, 9, 24), date(2026, 9, 24), date(2026, 10, 22)),
    ],
)
def test_the_last_day_counted_by_hand(key: str, opened: date, started: date, last: date) -> None:
    assert last_day(key, opened, started) == last


def test_a_rapid_result_can_be_contested_for_four_hours() -> None:
    limit = law("agriculture.retest_rapid", date(2026, 5, 11))
    due = due_at(datetime(2026, 5, 9, 16, 30, tzinfo=LOCAL), limit, ChineseCalendar())
    assert due == datetime(2026, 5, 9, 20, 30, tzinfo=LOCAL)


def test_only_what_was_read_is_printable() -> None:
    printable = {line.row.key for line in read_pack(NATIONAL).contents.of("limits") if line.row.verified}
    recalled = {line.row.key for line in read_pack(NATIONAL).contents.of("limits") if not line.row.verified}
    assert {"tourism.accept", "tourism.notify", "tourism.answer", "tourism.mediation"} <= recalled
    assert printable.isdisjoint(recalled)
