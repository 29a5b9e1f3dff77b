"""Organizations: registered and revised with a ledger entry, in a tree without cycles."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.parties.api import (
    Kind,
    Organization,
    find_organizations,
    get_organization_by_key,
    list_organizations,
    register_organization,
    revise_organization,
)
from zhicheng.ground.personal.api import get_texts_by_hash, keyed_hash_of


@pytest.fixture
def register(county: Area, officer: Actor, now: datetime) -> Any:
    def call(name: str, kind: str = Kind.COMPANY, **fields: Any) -> Organization:
        return register_organization(name=name, kind=kind, by=officer, now=now, **{"area": county, **fields})

    return call


def entries(organization: Organization) -> list[tuple[str, Any]]:
    written = Entry.objects.filter(subject_kind="organization", subject_id=organization.pk).order_by("number")
    return [(entry.act, json.loads(bytes(entry.body))["body"]) for entry in written]


def test_registering_is_in_the_ledger(register: Any) -> None:
    company = register(" 锦绣置业有限公司 ", uscc="91370811 MA3C00011l", industry="k7010")
    assert (company.name, company.uscc, company.industry) == ("锦绣置业有限公司", "91370811MA3C00011L", "7010")
    [(act, body)] = entries(company)
    assert act == "organization.register"
    assert body["name"] == "锦绣置业有限公司"


@pytest.mark.parametrize("fields", [{"uscc": "91370811MA3C000130"}, {"industry": "98"}])
def test_a_code_that_does_not_check_is_refused(register: Any, fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        register("锦绣置业", **fields)


def test_a_name_is_needed(register: Any) -> None:
    with pytest.raises(Refused, match="name"):
        register("  ")


def test_a_revision_keeps_both_values_and_the_hash_of_its_reason(
    register: Any, officer: Actor, now: datetime
) -> None:
    company = register("锦绣置业", telephone="13812345678")
    changes = {"name": "锦绣地产", "telephone": "0537-2345678", "valid_from": date(2020, 1, 1)}
    revised = revise_organization(organization=company, changes=changes, reason="更名", by=officer, now=now)
    assert find_organizations("地产") == [revised]
    assert find_organizations("置业") == []
    act, body = entries(company)[-1]
    assert act == "organization.revise"
    assert body["changes"]["name"] == ["锦绣置业", "锦绣地产"]
    assert body["changes"]["valid_from"] == [None, "2020-01-01"]
    assert body["changes"]["telephone"] == [keyed_hash_of("13812345678"), keyed_hash_of("0537-2345678")]
    assert get_texts_by_hash(("organization", company.pk))[body["reason"]] == "更名"


def test_a_revision_that_changes_nothing_is_no_entry(register: Any, officer: Actor, now: datetime) -> None:
    company = register("锦绣置业")
    revise_organization(organization=company, changes={"name": "锦绣置业"}, reason="更名", by=officer, now=now)
    assert len(entries(company)) == 1


def test_a_revision_needs_a_reason_and_known_fields(register: Any, officer: Actor, now: datetime) -> None:
    company = register("锦绣置业")
    with pytest.raises(Refused, match="reason"):
        revise_organization(organization=company, changes={"name": "x"}, reason=" ", by=officer, now=now)
    with pytest.raises(TypeError, match="simulated"):
        revise_organization(organization=company, changes={"simulated": False}, reason="x", by=officer, now=now)


def test_no_organization_is_its_own_ancestor(register: Any) -> None:
    first = register("一局", Kind.PUBLIC_BODY)
    second = register("二局", Kind.PUBLIC_BODY, parent=first)
    third = register("三局", Kind.PUBLIC_BODY, parent=second)
    for parent in (first, second, third):
        with pytest.raises(IntegrityError, match="own ancestor"), transaction.atomic():
            Organization.objects.filter(pk=first.pk).update(parent=parent)
    Organization.objects.filter(pk=third.pk).update(parent=first)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "guild"}, "organization_kind_known"),
        ({"kind": Kind.DEPARTMENT}, "department_has_parent"),
        ({"longitude": "116.5"}, "organization_location_whole"),
        ({"longitude": "116.5", "latitude": "95"}, "organization_location_whole"),
        ({"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}, "organization_period_forward"),
    ],
)
def test_the_database_refuses_nonsense(register: Any, fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        register("某公司", **fields)


def test_lists_are_in_the_order_of_pinyin(register: Any) -> None:
    for name in ("枣庄检测中心", "重庆检测中心", "济宁检测中心"):
        register(name, Kind.LABORATORY)
    register("住建局", Kind.PUBLIC_BODY)
    names = [one.name for one in list_organizations(Kind.LABORATORY)]
    assert names == ["重庆检测中心", "济宁检测中心", "枣庄检测中心"]


def test_search_takes_words_of_two_characters(register: Any) -> None:
    company = register("锦绣置业有限公司", address="任城区太白路1号")
    assert find_organizations("太白 置业") == [company]
    assert find_organizations("置业", Kind.LABORATORY) == []
    assert find_organizations("锦") == []


def test_a_pack_key_finds_its_organization(register: Any) -> None:
    company = register("锦绣置业", key="jinxiu")
    assert get_organization_by_key("jinxiu") == company
    with pytest.raises(Refused, match="“nobody”"):
        get_organization_by_key("nobody")
