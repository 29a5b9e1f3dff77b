"""Invented estates with their buildings and the chain of companies that answers for each."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from zhicheng.core.codes import Level, make_organization_code, make_social_credit_code
from zhicheng.demo.invented import (
    CONTRACTORS,
    DEVELOPERS,
    ESTATES,
    MARK,
    SUBCONTRACTORS,
    SUPPLIERS,
    TRADES,
    invented_company,
)
from zhicheng.demo.people import SIMULATOR
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Answers, Site, SiteKind, record_responsibility, register_site
from zhicheng.ground.parties.api import Kind, Organization, register_organization

BUILDINGS = (3, 6)
PHASES = ("", "二期", "三期")
ESTATES_PER_COUNTY = 2
STREETS = ("振兴路", "文化路", "新华街", "解放路", "光明大道", "学院路")


@dataclass(frozen=True)
class Estate:
    """One estate: its buildings and who answers for it."""

    county: Area
    project: Site
    buildings: tuple[Site, ...]
    companies: tuple[Organization, ...]


def build_estates(city: Area, random: Random, now: datetime) -> list[Estate]:
    """Two estates in every county of a city, each with its chain."""
    companies = _companies(city, random, now)
    names = random.sample(ESTATES, len(ESTATES))
    estates: list[Estate] = []
    for county in city.children.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("code"):
        townships = list(county.children.filter(valid_to__isnull=True).order_by("code"))
        for _ in range(ESTATES_PER_COUNTY if townships else 0):
            phase, place = divmod(len(estates), len(names))
            name = names[place] + PHASES[phase]
            facts = _facts(len(estates), now)
            estates.append(_estate(name, county, random.choice(townships), companies, random, now, facts))
    return estates


def _companies(city: Area, random: Random, now: datetime) -> dict[Answers, list[Organization]]:
    stems = {
        Answers.DEVELOPER: DEVELOPERS,
        Answers.CONTRACTOR: CONTRACTORS,
        Answers.SUBCONTRACTOR: SUBCONTRACTORS,
        Answers.MATERIAL_SUPPLIER: SUPPLIERS,
    }
    return {
        role: [enter_company(city.name[:2] + stem, city, random, now) for stem in names]
        for role, names in stems.items()
    }


def enter_company(stem: str, area: Area, random: Random, now: datetime) -> Organization:
    """An invented company with a code that checks."""
    prefix = f"91{area.code[:6]}" + make_organization_code(f"MA{random.randrange(10**6):06d}")
    return register_organization(
        name=invented_company(stem), kind=Kind.COMPANY, area=area, uscc=make_social_credit_code(prefix),
        simulated=True, by=SIMULATOR, now=now,
    )  # fmt: skip


def _facts(place: int, now: datetime) -> dict[str, Any]:
    """Where an estate stands and when it was completed: one to five years before the records begin."""
    completed = date(now.year - 1 - place % 5, 1 + place * 5 % 12, 1 + place * 7 % 28)
    return {"address": f"{STREETS[place % len(STREETS)]}{8 + place * 6}号{MARK}", "completed_on": completed}


def _estate(
    name: str,
    county: Area,
    place: Area,
    companies: dict[Answers, list[Organization]],
    random: Random,
    now: datetime,
    facts: dict[str, Any],
) -> Estate:
    site = {"area": place, **facts, "simulated": True, "by": SIMULATOR, "now": now}
    project = register_site(kind=SiteKind.PROJECT, name=name + MARK, **site)
    buildings = tuple(
        register_site(kind=SiteKind.BUILDING, name=f"{number}号楼", parent=project, **site)
        for number in range(1, random.randint(*BUILDINGS) + 1)
    )
    answering: list[Organization] = []
    above = None
    for role, candidates in companies.items():
        if role is Answers.MATERIAL_SUPPLIER:
            company = candidates[companies[Answers.SUBCONTRACTOR].index(answering[-1])]  # of the same trade
        else:
            company = random.choice(candidates)
        above = record_responsibility(
            about=project, role=role, organization=company, answers_to=above, scope=_trade_of(company),
            by=SIMULATOR, now=now,
        )  # fmt: skip
        answering.append(company)
    return Estate(county, project, buildings, tuple(answering))


def _trade_of(company: Organization) -> str:
    """For which work or goods a company answers; empty: for all of it."""
    return next((trade for stem, trade in TRADES.items() if stem in company.name), "")
