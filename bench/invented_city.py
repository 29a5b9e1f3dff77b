"""Companies, estates and accounts for `fill.py`, entered by the product's own services."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from courses import Body
from zhicheng.cases.services import competent_body
from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.codes import Level, make_organization_code, make_social_credit_code
from zhicheng.demo.invented import ESTATES, MARK, TEXTS
from zhicheng.demo.people import SIMULATOR, SINCE, open_administrators, open_callers, open_staff
from zhicheng.ground.access.api import User, grant_role, open_account
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Answers, Site, SiteKind, record_responsibility, register_site
from zhicheng.ground.packs.api import list_terms
from zhicheng.ground.parties.api import Kind, Organization, register_organization

COMPANIES = 400
ESTATES_PER_COUNTY = 25
BUILDINGS = 6
RARE, QUIET = "rare", "quiet"
"""Login names of people who see few matters: a company that was hardly ever ordered, and one that never was."""


@dataclass
class City:
    """Everything that cases are drawn from; `superiors` gives the city's bureau by a county's."""

    companies: list[Organization] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    buildings: list[Site] = field(default_factory=list)
    areas: dict[int, Area] = field(default_factory=dict)
    bodies: dict[int, Body] = field(default_factory=dict)
    superiors: dict[int, Body] = field(default_factory=dict)
    categories: dict[str, Any] = field(default_factory=dict)
    causes: list[str] = field(default_factory=list)

    @property
    def company_ids(self) -> list[int]:
        """The companies by their ids."""
        return [one.id for one in self.companies]


def build_city(random: Random, now: datetime) -> City:
    """Both cities with every county: companies, estates, staff, callers, a few people with narrow rights."""
    city = City()
    staff, callers = open_staff(random, now, Domain.HOUSING), open_callers(random, now)
    open_administrators(next(iter(staff.values())).body, random, now)
    bodies = {
        key: Body(key, one.clerk, one.officer, one.leader, callers[_city_of(one.body.area)])
        for key, one in staff.items()
    }
    _enter_companies(city, random, now)
    for county in Area.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("code"):
        _enter_estates(city, county, random, now)
    for area in city.areas.values():
        body = bodies[competent_body(area, Domain.HOUSING, now.date())]
        superior = Area.objects.get(id=_city_of(area))
        city.bodies[area.id] = body
        city.superiors[body.id] = bodies[competent_body(superior, Domain.HOUSING, now.date())]
    _open_narrow(city, now)
    terms = list_terms("housing.category", next(iter(city.areas.values())).path)
    city.categories = {term.code: term for term in terms if term.code in TEXTS}
    causes = list_terms("housing.cause", next(iter(city.areas.values())).path)
    city.causes = [term.code for term in causes if term.parent_id]
    return city


def _city_of(area: Area) -> int:
    return [*area.ancestor_ids, area.id][1]


def _enter_companies(city: City, random: Random, now: datetime) -> None:
    home = Area.objects.filter(level=Level.CITY, valid_to__isnull=True).order_by("code")[0]
    for number in range(COMPANIES):
        prefix = f"91{home.code[:6]}" + make_organization_code(f"MA{number:06d}")
        company = register_organization(
            name=f"测算建设{number:03d}有限公司{MARK}", kind=Kind.COMPANY, area=home,
            uscc=make_social_credit_code(prefix), simulated=True, by=SIMULATOR, now=now,
        )  # fmt: skip
        _open(f"company-{number:03d}", Role.COMPANY, company, now)
        city.companies.append(company)
        city.weights.append(1 / (number + 1) ** 0.8)
    city.weights[-2:] = 0.000_2, 0.0
    for username, company in zip((RARE, QUIET), city.companies[-2:], strict=True):
        _open(username, Role.COMPANY, company, now)


def _enter_estates(city: City, county: Area, random: Random, now: datetime) -> None:
    places = list(Area.objects.filter(path__startswith=county.path, level=Level.VILLAGE, valid_to__isnull=True))
    for number in range(ESTATES_PER_COUNTY if places else 0):
        place = random.choice(places)
        name = f"{ESTATES[number % len(ESTATES)]}{number // len(ESTATES) + 1}期{MARK}"
        estate = register_site(kind=SiteKind.PROJECT, name=name, area=place, simulated=True, by=SIMULATOR, now=now)
        record_responsibility(
            about=estate, role=Answers.DEVELOPER, organization=random.choice(city.companies), by=SIMULATOR, now=now
        )
        city.areas[place.id] = place
        city.buildings += [
            register_site(kind=SiteKind.BUILDING, name=f"{house}号楼", parent=estate, area=place, simulated=True,
                          by=SIMULATOR, now=now)
            for house in range(1, BUILDINGS + 1)
        ]  # fmt: skip


def _open_narrow(city: City, now: datetime) -> None:
    """A clerk of one township only, and an officer of a bureau that has no matter of its own."""
    area = next(iter(city.areas.values()))
    bureau = Organization.objects.get(id=city.bodies[area.id].id)
    township = Area.objects.get(id=area.ancestor_ids[3])
    _open("township", Role.CLERK, bureau, now, area=township)
    market = Organization.objects.filter(kind=Kind.PUBLIC_BODY, jurisdictions__domain=Domain.MARKET).order_by("id")
    _open("market", Role.OFFICER, market[0], now)


def _open(username: str, role: Role, body: Organization, now: datetime, area: Area | None = None) -> User:
    user = open_account(username=username, name=username, organization=body, by=SIMULATOR, now=now, simulated=True)
    since: date = SINCE
    grant_role(user=user, role=role, organization=body, area=area, valid_from=since, by=SIMULATOR, now=now)
    return user


__all__ = ["QUIET", "RARE", "Actor", "City", "build_city"]
