"""The hotline of the demonstration: a few answers, and calls that they answered."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from zhicheng.cases.api import Snippet, Taken, answer_by_call, save_snippet
from zhicheng.core.access import Actor
from zhicheng.demo.invented import mobile, person
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization

CALLS = 15
LINE = "line_12345"
STATUTE = "《建设工程质量管理条例》第四十条"
KNOWLEDGE = (
    (
        "新房防水保修多久",
        "屋面防水、卫生间和外墙面的防渗漏，最低保修期五年，自竣工验收合格之日起计算。",
        STATUTE, "请问新房卫生间漏水还在保修期吗？",
    ),
    (
        "水电和装修保修多久", "电气管线、给排水管道、设备安装和装修工程，最低保修期二年。", STATUTE,
        "插座和水管出问题，开发商说过保了，对吗？",
    ),
    (
        "供暖系统保修多久", "供热与供冷系统，最低保修期为二个采暖期、供冷期。", STATUTE,
        "暖气第二个冬天不热归谁修？",
    ),
    (
        "怎样查询投诉进展",
        "凭案件编号和查询密码，在门户“查询案件”中可看到每一步；忘记密码可来电核实后补办登记。",
        "", "我上周投诉过，想知道办到哪一步了。",
    ),
)  # fmt: skip
"""Title, answer, source, and what a reporter asks."""


def open_hotline(city: Area, agent: Actor, random: Random, now: datetime) -> None:
    """The knowledge of a city's hotline, and the calls of the last weeks that it answered."""
    assert agent.organization_id is not None
    centre = Organization.objects.get(id=agent.organization_id)
    began = now - timedelta(days=90)
    snippets = [
        save_snippet(
            snippet=None, area=city, title=title, text=text, source=source, by=agent, now=began,
            reviewed_on=began.date(), sample=True,
        )
        for title, text, source, _ in KNOWLEDGE
    ]  # fmt: skip
    for number in range(CALLS):
        _one_call(centre, snippets, agent, random, now - timedelta(days=2 * number, hours=random.randint(1, 6)))


def _one_call(centre: Organization, snippets: list[Snippet], agent: Actor, random: Random, at: datetime) -> None:
    place = random.randrange(len(KNOWLEDGE))
    taken = Taken(
        organization=centre, line=LINE, began_at=at, request_key=UUID(int=random.getrandbits(128), version=4),
        name=person(random), phone=mobile(random), simulated=True,
    )  # fmt: skip
    ended = at + timedelta(seconds=random.randint(25, 180))
    answer_by_call(taken=taken, text=KNOWLEDGE[place][3], by=agent, now=ended, snippet=snippets[place])
