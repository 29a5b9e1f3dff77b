"""Entering and correcting companies: by whom, once, and never two of one code."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.codes import make_organization_code, make_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.parties.api import (
    EntryRefused,
    Kind,
    KnownOrganization,
    Organization,
    correct_organization,
    enter_organization,
    register_organization,
)
from zhicheng.ground.search.models import SearchEntry

CODE = make_social_credit_code("91370811" + make_organization_code("MA012345"))
KEY = UUID(int=7, version=4)


def of(area: Area, role: Role = Role.CLERK, domain: Domain = Domain.HOUSING) -> Actor:
    """Somebody of a body that is competent for the area."""
    return Actor("user:4", "Wu", (Reach(role, frozenset({7}), (area.path,), frozenset({domain})),), user_id=4)


@pytest.fixture
def clerk(county: Area) -> Actor:
    return of(county)


def enter(area: Area, by: Actor, now: datetime, **fields: Any) -> Organization:
    given = {"name": "任城晨光建筑有限公司", "kind": Kind.COMPANY, "uscc": CODE, "request_key": KEY}
    return enter_organization(area=area, by=by, now=now, **{**given, **fields})


def test_a_company_is_entered_with_its_code_ledgered_and_found(county: Area, clerk: Actor, now: datetime) -> None:
    company = enter(county, clerk, now, uscc=f" {CODE.lower()} ", industry="E4710")
    assert (company.uscc, company.industry) == (CODE, "4710")
    entry = Entry.objects.get(subject_kind="organization", subject_id=company.id)
    assert (entry.act, entry.actor) == ("organization.register", "user:4")
    found = SearchEntry.objects.get(subject_kind="organization", subject_id=company.id)
    assert (found.title, found.subtitle) == (company.name, "山东省济宁市任城区")
    assert CODE.lower() in found.numbers


def test_the_same_request_has_one_effect_and_a_changed_one_its_own(
    county: Area, clerk: Actor, now: datetime
) -> None:
    first = enter(county, clerk, now)
    assert enter(county, clerk, now) == first
    assert Entry.objects.filter(subject_kind="organization").count() == 1
    other = enter(county, clerk, now, name="任城晨星建筑有限公司", uscc="")
    assert other != first


def test_a_known_code_is_named_and_not_entered_again(county: Area, clerk: Actor, now: datetime) -> None:
    first = enter(county, clerk, now)
    with pytest.raises(KnownOrganization, match=CODE) as caught:
        enter(county, clerk, now, name="另一家公司", request_key=None)
    assert (caught.value.organization, caught.value.field) == (first, "uscc")


def test_without_codes_a_name_in_an_area_is_entered_once(county: Area, clerk: Actor, now: datetime) -> None:
    first = enter(county, clerk, now, uscc="")
    with pytest.raises(KnownOrganization) as caught:
        enter(county, clerk, now, uscc="", request_key=None)
    assert (caught.value.organization, caught.value.field) == (first, "name")
    assert county.parent is not None
    assert enter(county.parent, of(county.parent), now, uscc="", request_key=None) != first


@pytest.mark.parametrize("role", [Role.LEADER, Role.CALLER, Role.COMPANY, Role.SYSTEM_ADMINISTRATOR])
def test_others_than_clerks_and_officers_enter_nothing(county: Area, now: datetime, role: Role) -> None:
    with pytest.raises(EntryRefused, match="任城区") as caught:
        enter(county, of(county, role), now)
    assert caught.value.field == "area"
    assert not Organization.objects.filter(uscc=CODE).exists()


def test_nobody_enters_a_company_of_a_place_above_their_own(county: Area, clerk: Actor, now: datetime) -> None:
    assert county.parent is not None
    with pytest.raises(EntryRefused, match="济宁市"):
        enter(county.parent, clerk, now)


def test_a_code_that_does_not_check_says_where(county: Area, clerk: Actor, now: datetime) -> None:
    wrong = CODE[:-1] + ("A" if CODE[-1] != "A" else "B")
    with pytest.raises(Refused, match="18"):
        enter(county, clerk, now, uscc=wrong)


def test_a_correction_is_kept_with_its_reason_and_moves_the_search(
    county: Area, clerk: Actor, now: datetime
) -> None:
    company = enter(county, clerk, now)
    changes = {"name": "任城晨曦建筑有限公司", "uscc": CODE}
    correct_organization(organization=company, changes=changes, reason="换发执照", by=clerk, now=now)
    assert SearchEntry.objects.get(subject_id=company.id, subject_kind="organization").title == changes["name"]
    last = Entry.objects.filter(subject_kind="organization", subject_id=company.id).order_by("number").last()
    assert last is not None
    assert last.act == "organization.revise"


def test_nobody_corrects_what_is_not_theirs_or_takes_anothers_code(
    county: Area, clerk: Actor, now: datetime
) -> None:
    first = enter(county, clerk, now)
    second = enter(county, clerk, now, name="任城晨星建筑有限公司", uscc="")
    with pytest.raises(KnownOrganization):
        correct_organization(organization=second, changes={"uscc": CODE}, reason="补录代码", by=clerk, now=now)
    stranger = Actor("user:5", "Sun", (Reach(Role.OFFICER, frozenset({8}), ("/1/2/",), frozenset(Domain)),))
    with pytest.raises(EntryRefused):
        correct_organization(organization=first, changes={"name": "x"}, reason="更名登记", by=stranger, now=now)
    body = register_organization(name="任城区某局", kind=Kind.PUBLIC_BODY, area=county, by=clerk, now=now)
    with pytest.raises(EntryRefused, match="pack"):
        correct_organization(organization=body, changes={"name": "x"}, reason="更名登记", by=clerk, now=now)
