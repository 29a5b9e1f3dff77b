"""Cases of the other kinds: as citizens tell them, received and partly taken up, so that every inbox is alive."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from zhicheng.cases.api import CATALOGUES, Complaint, kinds_chosen, list_latest, open_case
from zhicheng.core.clock.due import local
from zhicheng.core.codes import Level
from zhicheng.demo.invented import mobile, person
from zhicheng.demo.people import Staff
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import Term, list_terms
from zhicheng.ground.proceedings.api import advance

RECENT_DAYS = 20
FACE_COUNTY = "370481000000"
FACE_SHARE = 0.4
FACE_DAYS_AGO = 7
"""When the two complaints came in that wait for the market bureau's clerk and its officer."""
TAKEN_UP = 0.6
SATURDAY = 5
DEMAND = "退一赔三，并书面道歉。"
TOLD = {
    "goods_quality": "网购的电热水壶用了三天就漏电，商家只同意换货，不同意退款。",
    "goods_mismatch": "沙发标称真皮，送来的是人造革，门店说是展品描述。",
    "short_measure": "买了五斤排骨，回家复称只有四斤二两。",
    "prepaid": "健身卡办了两年，店面上月关门，电话打不通。",
    "no_refund": "培训班开课前申请退费，机构以合同约定为由拒绝。",
    "food_expired": "超市货架上的酸奶已过期两天，当场拍照，店员拒绝下架。",
    "hygiene": "餐馆后厨地面污水横流，凉菜间无人戴口罩。",
    "unlicensed": "小区底商无照经营早点，没有任何证照公示。",
    "itinerary": "行程单写明的景区没有去，临时换成购物店。",
    "forced_shopping": "导游说不买东西不开车，在玉器店停了三个小时。",
    "pesticide": "采摘园的草莓刚打完药就让游客采，叶面药渍明显。",
    "no_certificate": "批发市场一车芹菜拿不出合格证，照样分销。",
    "road_surface": "路口沥青下沉约二十厘米，夜里有电动车摔倒。",
    "drainage": "雨后主路积水没过膝盖，雨水箅子被水泥封住。",
    "scaffold": "沿街工地脚手架立杆悬空，安全网破了一大片。",
    "fire_exit": "商住楼消防通道堆满快递柜，常年上锁。",
}
"""What is told, by the category's code."""


def tell_others(city: Area, staff: dict[int, Staff], random: Random, now: datetime, count: int) -> None:
    """`count` cases of the last weeks in one city; none where no body is competent."""
    offered = {term.code: term for catalogue in CATALOGUES for term in list_terms(catalogue, city)}
    codes = [code for code in TOLD if code in offered]
    inside = Area.objects.valid_on(now.date()).filter(path__startswith=city.path, level=Level.TOWNSHIP)
    townships = list(inside.order_by("code"))
    near = [one for one in townships if one.code.startswith(FACE_COUNTY[:6])] or townships
    for number in range(count):
        area = random.choice(near if random.random() < FACE_SHARE else townships)
        day = local(now - timedelta(days=RECENT_DAYS * (1 - number / count)))
        at = min(day.replace(hour=random.randint(8, 17), minute=random.randrange(60)), now - timedelta(hours=4))
        taken_up = local(at).weekday() < SATURDAY and random.random() < TAKEN_UP
        _tell(offered[random.choice(codes)], area, staff, random, at, taken_up)
    for taken_up in (False, True) if near[0].code.startswith(FACE_COUNTY[:6]) else ():
        at = local(now - timedelta(days=FACE_DAYS_AGO)).replace(hour=9)
        _tell(offered["goods_quality"], near[0], staff, random, at, taken_up)


def _tell(
    category: Term, area: Area, staff: dict[int, Staff], random: Random, at: datetime, taken_up: bool
) -> None:
    kinds = kinds_chosen(category.catalogue, ["market_report"] if random.random() < 0.3 else [])
    asked = {need.key for kind in kinds for need in kind.in_force(local(at).date()).opening}
    named = kinds[0].key != "market_report" or random.random() < 0.5
    case = open_case(
        complaint=Complaint(
            title=f"{category.zh} · {area.name}", description=TOLD[category.code], category=category, area=area,
            request_key=UUID(int=random.getrandbits(128), version=4), kinds=kinds,
            reporter_name=person(random) if named else "", reporter_phone=mobile(random) if named else "",
            told={"demand": DEMAND} if "demand" in asked else {}, simulated=True,
        ),
        now=at,
    ).case  # fmt: skip
    for proceeding in list_latest(case):
        body = staff.get(proceeding.holder_id or 0)
        step = kinds[0].in_force(local(at).date()).step(proceeding.state, "accept")
        if body is not None and step is not None and taken_up:
            advance(proceeding=proceeding.id, verb="accept", by=body.clerk, now=at + timedelta(hours=2))
