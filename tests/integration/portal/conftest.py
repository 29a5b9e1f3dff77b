"""A township whose bureau is competent for housing, a category, the limits of a case, and a browser."""

from datetime import date

import pytest
from django.test import Client

from zhicheng.core.access import Domain
from zhicheng.core.pinyin import sort_key
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import Term
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.parties.api import Organization

LONG_AGO = date(2020, 1, 1)
LIMITS = ("housing.accept",)


@pytest.fixture
def township(county: Area) -> Area:
    """许庄街道, below the county, with a bureau, a category and limits; the city's slug is `jining`."""
    for area in Area.objects.filter(level=2):
        Area.objects.filter(id=area.id).update(sort_key=sort_key(area.name))
    bureau = Organization.objects.create(name="任城区住建局", sort_key="r", kind="public_body", area=county)
    Jurisdiction.objects.create(organization=bureau, area=county, domain=Domain.HOUSING, valid_from=LONG_AGO)
    Term.objects.create(catalogue="housing.category", code="leak", zh="渗漏", en="Leak", valid_from=LONG_AGO)
    for key in LIMITS:
        LimitRow.objects.create(
            key=key, amount=5, unit="working_days", roll="none", citation="test", valid_from=LONG_AGO
        )
    return Area.objects.create(
        id=900_004, code="370811001000", level=4, name="许庄街道", sort_key="x", kind="subdistrict", parent=county,
        path=f"{county.path}900004/", valid_from=LONG_AGO,
    )  # fmt: skip


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)
