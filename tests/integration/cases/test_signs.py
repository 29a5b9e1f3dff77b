"""Signs of complaining as a business: counted over the city, shown to those who decide, and to nobody else."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from zhicheng.cases.api import Case, Complaint, open_case, reporter_of
from zhicheng.cases.queries import list_latest
from zhicheng.cases.signs.panel import of_case
from zhicheng.cases.signs.rules import MANY_COMPLAINTS
from zhicheng.core.access import Actor, Reach, Role
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import advance

from .conftest import City

QUERIES = 9
"""However many complaints are compared: here it is ten."""


@pytest.fixture
def latest(city: City, now: datetime) -> Case:
    """The last of ten complaints of one number against ten shops; another number complained once."""

    def told(place: int, phone: str) -> Case:
        complaint = Complaint(
            title="过期商品", description="货架上的酸奶已过期。", respondent=f"第{place}超市", area=city.town,
            category=get_term("market.category", "expired_goods", city.town), request_key=uuid4(),
            reporter_phone=phone, told={"demand": "退一赔十"},
        )  # fmt: skip
        return open_case(complaint=complaint, now=now - timedelta(days=30 * (MANY_COMPLAINTS - place))).case

    told(1, "13900000001")
    return [told(place, "13800001234") for place in range(1, MANY_COMPLAINTS + 1)][-1]


def officer(case: Case, role: Role = Role.OFFICER) -> Actor:
    [proceeding] = list_latest(case)
    return Actor("user:3", "Li", (Reach(role, frozenset({proceeding.holder_id or 0})),))


def test_whoever_decides_is_shown_the_pattern(
    latest: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    of_case(officer(latest), latest.id)
    with django_assert_max_num_queries(QUERIES), translation.override("en"):
        shown = of_case(officer(latest), latest.id)
    assert shown is not None
    assert ("10 complaints in twelve months", MANY_COMPLAINTS) in shown["signs"]
    assert any(said.startswith("against 10 traders") for said, _ in shown["signs"])


def test_nobody_else_is(latest: Case, city: City) -> None:
    for actor in (
        reporter_of(latest), city.company(city.builder), city.staff(4, Role.OFFICER),
        officer(latest, Role.CALLER), Actor("user:8", "nobody"),
    ):  # fmt: skip
        assert of_case(actor, latest.id) is None


def test_one_complaint_is_no_pattern_and_its_number_alone_counts(latest: Case) -> None:
    for case in Case.objects.exclude(id=latest.id).select_related("reporter"):
        with translation.override("en"):
            early = of_case(officer(case), case.id)
        assert "complaints in" not in str(early)


def test_a_sign_refuses_nothing(latest: Case, now: datetime) -> None:
    [proceeding] = list_latest(latest)
    advance(proceeding=proceeding.id, verb="accept", by=officer(latest, Role.CLERK), now=now)
    assert list_latest(latest)[0].state == "accepted"
