"""Matters of the other kinds that came to their end: what is told, and who does what on the way. Words only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile


@dataclass(frozen=True)
class Then:
    """The moment of an act, for the data that it needs: its day, the company, and a photograph taken there."""

    today: date
    company: int
    photo: Callable[[], SimpleUploadedFile] = field(repr=False)

    def in_days(self, days: int) -> date:
        """A day ahead."""
        return self.today + timedelta(days=days)


Data = Callable[[Then], Mapping[str, Any]]


@dataclass(frozen=True)
class Act:
    """One step: who takes it, how many working days after the one before, and with what."""

    who: str
    verb: str
    days: int
    data: Data = lambda then: {}


@dataclass(frozen=True)
class Ending:
    """One matter from its first words to its end. `kind` is asked for, where its category leaves a choice.

    `state` is the one in which it ends, `forms` the papers that it issues on the way. `company` is the middle of
    an invented company's name.
    """

    code: str
    kind: str
    company: str
    text: str
    acts: tuple[Act, ...]
    state: str
    forms: tuple[str, ...]
    outcome: str = "satisfied"
    demand: str = ""


ACCEPT = Act("clerk", "accept", 1)
FOOD_LAW = "《中华人民共和国食品安全法》第一百一十五条"

MEDIATED = Ending(
    "goods_mismatch", "market_complaint", "佳和家居",
    "餐桌合同写明实木，送来的是贴皮密度板，门店只愿意补偿二百元。",
    (
        ACCEPT,
        Act("officer", "name", 1, lambda then: {"company": then.company}),
        Act("company", "answer", 2, lambda then: {
            "position": "agrees", "answer": "送货时拿错了同款贴皮样品，愿意在市场监管部门主持下协商。",
        }),
        Act("officer", "arrange", 1, lambda then: {
            "mode": "on_site", "mediated_on": then.in_days(4), "place": "上午9时，市场监管所一楼调解室",
            "mediator": "王芳",
        }),
        Act("officer", "agree", 4, lambda then: {
            "agreed_on": then.today,
            "agreement": "一、被投诉人在七日内收回餐桌，退还货款三千六百元。\n二、被投诉人另行赔偿运费四百元。",
        }),
    ),
    "settled", ("market_acceptance", "market_mediation_notice", "market_agreement"), demand="退货，并赔偿运费。",
)  # fmt: skip
REJECTED = Ending(
    "no_refund", "market_complaint", "百汇商贸",
    "一次性买了二百件打折保温杯，发现包装印刷有误，商家不同意全部退货。",
    (
        Act("clerk", "reject", 2, lambda then: {
            "ground": "not_consumer", "reason": "投诉人自述购买二百件用于网店转售，不是为生活消费需要购买商品。",
        }),
    ),
    "rejected", ("market_rejection",), "rather_satisfied", demand="全部退货退款。",
)  # fmt: skip
REFERRED = Ending(
    "food_expired", "market_report", "鲜乐超市",
    "冷藏柜里的香肠改贴了生产日期标签，撕开后下面还有一张过期的标签。",
    (
        Act("clerk", "investigate", 1),
        Act("officer", "request_file", 4, lambda then: {
            "breach": "现场查获改贴生产日期的香肠十二袋，涉嫌违反《中华人民共和国食品安全法》第三十四条第十项。",
        }),
        Act("leader", "file", 1),
        Act("officer", "tell", 2, lambda then: {
            "basis": FOOD_LAW, "told_on": then.today, "told_by": "telephone",
        }),
    ),
    "filed", ("market_report_result",),
)  # fmt: skip
TRAVELLED = Ending(
    "itinerary", "tourism_complaint", "运河假期旅行社",
    "合同里写的古城夜游取消了，换成两家购物店，导游说不去也不退钱。",
    (
        ACCEPT,
        Act("officer", "notify", 1, lambda then: {"company": then.company}),
        Act("company", "answer", 3, lambda then: {
            "answer": "因景区临时检修调整了行程，没有事先征得游客书面同意，愿意退费。",
        }),
        Act("officer", "agree", 3, lambda then: {
            "agreed_on": then.today, "manner": "mediated",
            "agreement": "被投诉人退还古城夜游费用一百八十元，并按合同约定支付违约金二百元。",
        }),
    ),
    "settled", ("tourism_notice", "tourism_agreement"), demand="退还夜游费用，按合同赔偿。",
)  # fmt: skip
REPAIRED = Ending(
    "road_surface", "engineering_quality", "鲁成市政工程",
    "新修的路通车三个月，公交站台前路面下沉，雨天积水溅到候车的人。",
    (
        ACCEPT,
        Act("officer", "order", 3, lambda then: {
            "cause": "eng_workmanship", "company": then.company, "due_on": then.in_days(25),
            "requirement": "铣刨下沉段面层，补强基层后重新摊铺，并作压实度检测。",
        }),
        Act("company", "promise", 1, lambda then: {"promised_on": then.in_days(14)}),
        Act("company", "prove", 6, lambda then: {
            "evidence": [then.photo()], "note": "已铣刨重铺一百二十平方米，压实度检测合格，附照片。",
        }),
        Act("officer", "verify", 2, lambda then: {
            "checked_on": then.today, "finding": "现场核验平整，雨后无积水，检测报告齐全。",
        }),
    ),
    "verified", ("rectification_order", "rectification_reply"),
)  # fmt: skip
GROWN = Ending(
    "pesticide", "agricultural_product", "绿禾果蔬",
    "大棚里卖的芹菜打过药没几天就上市，吃完舌头发麻。",
    (
        ACCEPT,
        Act("officer", "test_rapidly", 1, lambda then: {
            "company": then.company, "sample": "芹菜，当日采收，样品一号",
        }),
        Act("officer", "fail", 0, lambda then: {"items": "农药残留快速检测，有机磷类抑制率超过判定值，不合格。"}),
        Act("system", "stand", 1),
        Act("officer", "order", 1, lambda then: {
            "company": then.company, "checked_on": then.today, "due_on": then.in_days(12),
            "finding": "当日采收的芹菜有机磷类农药残留快速检测不合格，用药记录缺最近两次，未注明安全间隔期。",
            "requirement": "停止销售该批芹菜，按安全间隔期用药，补齐用药记录，上市前自检。",
        }),
        Act("company", "prove", 5, lambda then: {
            "evidence": [then.photo()], "note": "该批芹菜已就地处理，用药记录和自检记录见附件。",
        }),
        Act("officer", "verify", 2, lambda then: {
            "checked_on": then.today, "finding": "用药记录完整，现场抽检两份均合格。",
        }),
    ),
    "verified", ("correction_order",),
)  # fmt: skip
SECURED = Ending(
    "scaffold", "hazard", "恒筑建设",
    "沿街外墙改造的脚手架离学校门口不到十米，底部没有扫地杆，安全网也没挂。",
    (
        ACCEPT,
        Act("officer", "order", 1, lambda then: {
            "level": "ordinary", "company": then.company, "checked_on": then.today, "due_on": then.in_days(7),
            "finding": "外脚手架底部未设扫地杆，二层以上未设连墙件，临街一侧未挂密目安全网。",
            "requirement": "补设扫地杆和连墙件，满挂密目安全网，搭设行人防护通道。",
            "site_photos": [then.photo()],
        }),
        Act("company", "prove", 4, lambda then: {
            "evidence": [then.photo()], "note": "已按要求加固，安全网和防护通道已搭设，附照片。",
        }),
        Act("officer", "verify", 1, lambda then: {
            "checked_on": then.today, "finding": "复查合格，防护通道已启用。",
        }),
    ),
    "verified", ("hazard_order", "hazard_recheck"),
)  # fmt: skip
ENDINGS = (MEDIATED, REJECTED, REFERRED, TRAVELLED, REPAIRED, GROWN, SECURED)
