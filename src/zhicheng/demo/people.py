"""Accounts of the demonstration: staff for every bureau, callers, companies, three administrators."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.contrib.auth.hashers import make_password

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.demo.invented import person
from zhicheng.ground.access.api import Jurisdiction, User, actor_for, grant_role, open_account
from zhicheng.ground.parties.api import Kind, Organization

PASSWORD = "zhicheng-demo"  # noqa: S105 - the demonstration says it to everybody
SIMULATOR = Actor(key="system:simulator", name="simulator")
SINCE = date(2020, 1, 1)
STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER)
FACE = "zaozhuang-tengzhou-housing"
"""The body of the printed walk: 滕州市住房和城乡建设局."""
FACES = {FACE: "", "zaozhuang-tengzhou-market": "market-"}
"""The bodies whose staff the printed accounts are, and what their login names begin with."""
ADMINISTRATORS = {
    "sysadmin": Role.SYSTEM_ADMINISTRATOR,
    "secadmin": Role.SECURITY_ADMINISTRATOR,
    "auditor": Role.AUDIT_ADMINISTRATOR,
}


@dataclass(frozen=True)
class Account:
    """An account that the demonstration prints."""

    role: str
    username: str
    password: str = PASSWORD


ACCOUNTS = (
    Account("clerk", "clerk"),
    Account("officer", "officer"),
    Account("leader", "leader"),
    Account("market clerk", "market-clerk"),
    Account("market officer", "market-officer"),
    Account("market leader", "market-leader"),
    Account("call-back clerk", "caller"),
    Account("company", "company"),
    Account("system administrator", "sysadmin"),
    Account("security administrator", "secadmin"),
    Account("audit administrator", "auditor"),
)


@dataclass
class Staff:
    """The people of one bureau, as actors."""

    body: Organization
    clerk: Actor
    officer: Actor
    leader: Actor


def open_staff(random: Random, now: datetime, *domains: Domain) -> dict[int, Staff]:
    """Accounts for clerk, officer and leader of every bureau of these domains, by the bureau's id."""
    hashed = make_password(PASSWORD)
    bureaus = Organization.objects.filter(
        kind=Kind.PUBLIC_BODY, id__in=Jurisdiction.objects.filter(domain__in=domains).values("organization")
    ).order_by("id")
    return {body.id: _staff_of(body, random, hashed, now) for body in bureaus}


def open_callers(random: Random, now: datetime) -> dict[int, Actor]:
    """One call-back clerk for every hotline centre, by the city's area id."""
    hashed = make_password(PASSWORD)
    centres = Organization.objects.filter(kind=Kind.HOTLINE_CENTRE).order_by("-id")
    return {
        centre.area_id: _open("caller", Role.CALLER, centre, random, hashed, now, face=place == 0)
        for place, centre in enumerate(centres)
    }


def open_administrators(body: Organization, random: Random, now: datetime) -> None:
    """Three people, because nobody may be two of them."""
    hashed = make_password(PASSWORD)
    for username, role in ADMINISTRATORS.items():
        _open(username, role, body, random, hashed, now, face=True)


def open_company_account(company: Organization, random: Random, now: datetime) -> None:
    """The account of the company that the printed walk orders to rectify."""
    _open("company", Role.COMPANY, company, random, make_password(PASSWORD), now, face=True)


def _staff_of(body: Organization, random: Random, hashed: str, now: datetime) -> Staff:
    begins = FACES.get(body.key or "")
    clerk, officer, leader = (
        _open(f"{begins or ''}{role}", role, body, random, hashed, now, face=begins is not None) for role in STAFF
    )
    return Staff(body, clerk, officer, leader)


def _open(
    name: str, role: Role, body: Organization, random: Random, hashed: str, now: datetime, *, face: bool
) -> Actor:
    username = str(name) if face else f"{body.key}-{name}"
    user = open_account(
        username=username, name=person(random), password="", organization=body, by=SIMULATOR, now=now,
        simulated=True,
    )  # fmt: skip
    User.objects.filter(id=user.id).update(password=hashed)
    grant_role(user=user, role=role, organization=body, valid_from=SINCE, by=SIMULATOR, now=now)
    return actor_for(user, now.date())
