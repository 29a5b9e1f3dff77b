"""Fills a new installation with believable, invented records. Nothing here knows a published total."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhicheng.cases.api import Complaint, file_cases, list_ready, open_case
from zhicheng.core.access import Actor, Domain
from zhicheng.core.clock import LOCAL
from zhicheng.core.codes import Level
from zhicheng.demo.endings import ENDINGS
from zhicheng.demo.estates import Estate, build_estates
from zhicheng.demo.hotline import open_hotline
from zhicheng.demo.invented import TEXTS, mobile, person
from zhicheng.demo.others import tell_others
from zhicheng.demo.people import (
    ACCOUNTS,
    Account,
    Staff,
    open_administrators,
    open_callers,
    open_company_account,
    open_staff,
)
from zhicheng.demo.played import play_endings
from zhicheng.demo.products import stock_shops
from zhicheng.demo.story import Story, photograph
from zhicheng.ground.access.api import User, list_competent_bodies
from zhicheng.ground.areas.api import Area
from zhicheng.ground.documents.api import on_demand
from zhicheng.ground.files.api import IMAGES, accept_upload
from zhicheng.ground.objects.api import Responsibility
from zhicheng.ground.packs.api import list_terms
from zhicheng.ground.parties.api import Organization, get_organization_by_key
from zhicheng.ground.proceedings.api import silenced

SEED = 20_260_101
DAYS = 365
FACE_COUNTY = "370481000000"
FACE_WEIGHT = 4
"""滕州市, whose staff the printed accounts are, has more cases than others: their inboxes are to be alive."""
ADMINISTERED = "zaozhuang-housing"
"""The body whose administrators the printed ones are: the bureau of the printed walk stands below it."""
WAITING = {"accept": 1, "order": 7, "dismiss": 18, "promise": 24, "prove": 26, "verify": 36, "call": 44}
"""What waits for the printed accounts, one case a step: how many days ago its case was opened."""
NEIGHBOURS = (9, 6, 4, 2)
"""How many days ago neighbours of one estate complained of the same: the hot spot of the demonstration."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How many cases each city has: of the loop through a whole year, and of all other kinds in the last weeks."""

    loop: int = 80
    others: int = 40


def ensure_demo(now: datetime, report: Report = lambda line: None, *, size: Size = Size()) -> tuple[Account, ...]:
    """Simulates a year up to `now`, unless that was done before; returns who can log in."""
    if not User.objects.filter(username="clerk", simulated=True).exists():
        with transaction.atomic(), silenced(), on_demand():
            _simulate(now, report, size)
    return tuple(_described(account) for account in ACCOUNTS)


def _described(account: Account) -> Account:
    """The account with what a newcomer has to know: which body it works for, or which estate it built."""
    user = User.objects.select_related("organization").get(username=account.username)
    where = user.organization.name if user.organization else ""
    if account.role == "company" and user.organization_id:
        site = Responsibility.objects.filter(organization=user.organization_id).order_by("-id").first()
        where += f", {site.site.name}" if site and site.site else ""
    return replace(account, role=f"{account.role} ({where})")


def _simulate(now: datetime, report: Report, size: Size) -> None:
    random = Random(SEED)
    began = now - timedelta(days=DAYS + 30)
    staff = open_staff(random, began, *Domain)
    callers = open_callers(random, began)
    open_administrators(get_organization_by_key(ADMINISTERED), random, began)
    for city in Area.objects.filter(level=Level.CITY, valid_to__isnull=True).order_by("code"):
        if city.id not in callers:
            continue
        open_hotline(city, callers[city.id], random, now)
        estates = build_estates(city, random, began)
        stock_shops(city, began)
        if not User.objects.filter(username="company").exists():
            open_company_account(_face_company(estates), random, began)
        told = partial(_one_case, city=city, staff=staff, callers=callers, random=random, now=now)
        for number in range(size.loop):
            weights = [FACE_WEIGHT if one.county.code == FACE_COUNTY else 1 for one in estates]
            estate = random.choices(estates, weights)[0]
            told(estate=estate, at=_moment(random, now, number / size.loop, 1 / size.loop))
        for verb, days in WAITING.items() if estates[-1].county.code == FACE_COUNTY else ():
            told(estate=estates[-1], at=now - timedelta(days=days), waits_for=verb)
        for days in NEIGHBOURS if estates[-1].county.code == FACE_COUNTY else ():
            told(estate=estates[-1], at=now - timedelta(days=days), waits_for="order", code="leak")
        tell_others(city, staff, random, now, size.others)
        play_endings(city, staff, callers[city.id], now)
        report(f"{city.name}: {size.loop} + {size.others} + {len(ENDINGS)}")
    _file_last_year(staff, now)


def _file_last_year(staff: dict[int, Staff], now: datetime) -> None:
    """Every bureau's clerk filed what ended last year; what ended this year is ready, and waits."""
    for one in staff.values():
        ready = list_ready(one.clerk, now).filter(Q(ended_at__lt=datetime(now.year, 1, 1, tzinfo=LOCAL)))
        file_cases(cases=ready.order_by("ended_at", "id"), by=one.clerk, now=now)


def _face_company(estates: list[Estate]) -> Organization:
    return estates[-1].companies[0]


def _one_case(
    *, city: Area, estate: Estate, staff: dict[int, Staff], callers: dict[int, Actor], random: Random,
    at: datetime, now: datetime, waits_for: str = "", code: str = "",
) -> None:  # fmt: skip
    building = random.choice(estate.buildings)
    code = code or random.choice([*TEXTS, "leak", "leak", "leak", "hollow", "hollow"])
    category = next(term for term in list_terms("housing.category", city) if term.code == code)
    photos = (photograph(random),) if random.random() < 0.5 else ()
    named = random.random() < 0.9
    receipt = open_case(
        complaint=Complaint(
            title=f"{category.zh} · {estate.project.name} {building.name}",
            description=TEXTS[code],
            category=category,
            area=building.area,
            site=building,
            place=f"{random.randint(1, 3)}单元{random.randint(1, 17)}0{random.randint(1, 4)}室",
            reporter_name=person(random) if named else "",
            reporter_phone=mobile(random) if named else "",
            request_key=UUID(int=random.getrandbits(128), version=4),
            photos=tuple(accept_upload(upload=one, purpose="complaint", allowed=IMAGES) for one in photos),
            simulated=True,
        ),
        now=at,
    )
    holder = list_competent_bodies(building.area.path, Domain.HOUSING, at.date())[0]
    Story(
        case=receipt.case, staff=staff[holder], caller=callers[city.id], companies=estate.companies,
        random=random, at=at, until=now, waits_for=waits_for,
    ).play()  # fmt: skip


def _moment(random: Random, now: datetime, begins: float, width: float) -> datetime:
    """In the slice of the year that begins there (as shares): slices narrow towards its end; in the daytime."""
    back = DAYS * (1 - begins - random.random() * width) ** 1.8
    day = now - timedelta(days=back)
    return min(day.replace(hour=random.randint(0, 9), minute=random.randrange(60)), now - timedelta(minutes=30))
