"""Plays the matters of `endings` in a city: by the services that everybody uses, between invented parties."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from zhicheng.cases.api import (
    CATALOGUES,
    Case,
    Complaint,
    invited_company,
    kind_of,
    kinds_chosen,
    list_latest,
    loop_of,
    open_case,
)
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.codes import Level
from zhicheng.demo.endings import ENDINGS, Act, Ending, Then
from zhicheng.demo.estates import enter_company
from zhicheng.demo.invented import mobile, person
from zhicheng.demo.others import FACE_COUNTY
from zhicheng.demo.people import Staff
from zhicheng.demo.story import photograph
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import list_terms, working_calendar
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding, advance, lapse

SEED = 20_260_102
"""Its own, so that what else the demonstration tells stays as it is."""
DAYS_AGO = 42
"""When the first of them came in; each of the others a day later."""
MORNING, EVENING = 9, 17


def play_endings(city: Area, staff: dict[int, Staff], caller: Actor, now: datetime) -> None:
    """Every ending once in a city, from its complaint to the call that closes the case."""
    random = Random(f"{SEED}:{city.code}")
    townships = Area.objects.valid_on(now.date()).filter(path__startswith=city.path, level=Level.TOWNSHIP)
    in_order = list(townships.order_by("code"))
    near = [one for one in in_order if one.code.startswith(FACE_COUNTY[:6])] or in_order
    for number, ending in enumerate(ENDINGS):
        company = enter_company(city.name[:2] + ending.company, city, random, now - timedelta(days=DAYS_AGO))
        began = _morning(local(now - timedelta(days=DAYS_AGO - number)), random)
        case = _told(ending, random.choice(near), company, random, began)
        played = _Played(case, company, staff, caller, random, began)
        for act in ending.acts:
            played.take(act)
        played.call_back(ending.outcome)


def _told(ending: Ending, area: Area, company: Organization, random: Random, at: datetime) -> Case:
    terms = (term for catalogue in CATALOGUES for term in list_terms(catalogue, area))
    category = next(term for term in terms if term.code == ending.code)
    return open_case(
        complaint=Complaint(
            title=f"{category.zh} · {area.name}", description=ending.text, category=category, area=area,
            request_key=UUID(int=random.getrandbits(128), version=4), respondent=company.name,
            kinds=kinds_chosen(category.catalogue, [ending.kind]), reporter_name=person(random),
            reporter_phone=mobile(random), told={"demand": ending.demand} if ending.demand else {}, simulated=True,
        ),
        now=at,
    ).case  # fmt: skip


@dataclass
class _Played:
    """One matter and everybody who acts in it; `at` is its own clock."""

    case: Case
    company: Organization
    staff: dict[int, Staff]
    caller: Actor
    random: Random
    at: datetime

    def take(self, act: Act) -> None:
        """Takes a step, so many working days after the one before."""
        self._move_on(act.days)
        proceeding = self._proceeding()
        if act.who == "system":
            lapse(proceeding.id, now=self.at)
            return
        then = Then(local(self.at).date(), self.company.pk, lambda: photograph(self.random))
        table = kind_of(proceeding.kind).in_force(local(self.case.received_at).date())
        step = table.step(proceeding.state, act.verb)
        asked = {need.key for need in step.needs} if step else set()
        # Until April 2026 another order asked for less.
        data = {key: value for key, value in act.data(then).items() if key in asked}
        advance(proceeding=proceeding.id, verb=act.verb, by=self._actor(act.who), now=self.at, data=data)

    def call_back(self, outcome: str) -> None:
        """The hotline asks whether it is well; that closes the case."""
        self._move_on(1)
        given = {"outcome": outcome, "remark": "已电话回访，反映人知悉办理结果。"}
        advance(proceeding=loop_of(self.case).id, verb="call", by=self.caller, now=self.at, data=given)

    def _proceeding(self) -> Proceeding:
        return list_latest(self.case)[0]

    def _actor(self, who: str) -> Actor:
        if who == "company":
            return invited_company(self.case, self.company)
        holder = self._proceeding().holder_id
        assert holder is not None, "somebody is competent everywhere in a city of the demonstration"
        return {"clerk": self.staff[holder].clerk, "officer": self.staff[holder].officer,
                "leader": self.staff[holder].leader}[who]  # fmt: skip

    def _move_on(self, days: int) -> None:
        if not days:
            self.at += timedelta(minutes=self.random.randint(20, 50))
            return
        day = local(self.at)
        for _ in range(days):
            day += timedelta(days=1)
            while not working_calendar().is_working_day(day.date()):
                day += timedelta(days=1)
        self.at = _morning(day, self.random)


def _morning(day: datetime, random: Random) -> datetime:
    return day.replace(hour=random.randrange(MORNING, EVENING), minute=random.randrange(60))
