"""The organizations of a pack: applied in any order, and twice without effect."""

from dataclasses import replace

import pytest

from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Applied, Organization, OrganizationRow, apply_organizations

BUREAU = OrganizationRow("housing", "住房和城乡建设局", "Housing Bureau", "public_body", "370811000000")
OFFICE = OrganizationRow(
    "housing-quality", "质量科", "Quality Office", "department", "370811000000", "housing", sample=True
)

pytestmark = pytest.mark.usefixtures("database")


def test_children_may_come_before_their_parents(county: Area) -> None:
    assert apply_organizations([OFFICE, BUREAU]) == Applied(created=2)
    office = Organization.objects.get(key="housing-quality")
    assert office.parent is not None
    assert (office.parent.key, office.area, office.sample) == ("housing", county, True)


def test_applying_twice_changes_nothing(county: Area) -> None:
    apply_organizations([BUREAU, OFFICE])
    assert apply_organizations([BUREAU, OFFICE]) == Applied(unchanged=2)


def test_a_changed_row_is_an_update_and_leaves_other_fields_alone(county: Area) -> None:
    apply_organizations([BUREAU, OFFICE])
    Organization.objects.filter(key="housing").update(address="太白路1号")
    assert apply_organizations([replace(BUREAU, telephone="0537-2345678")]) == Applied(updated=1)
    bureau = Organization.objects.get(key="housing")
    assert (bureau.telephone, bureau.address) == ("0537-2345678", "太白路1号")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([BUREAU, BUREAU], "“housing” comes twice"),
        ([replace(BUREAU, area_code="370899000000")], "“housing”: there is no area 370899000000"),
        ([OFFICE], "“housing-quality”: there is no parent “housing”"),
        ([OFFICE, replace(BUREAU, parent_key="housing-quality")], "is its own ancestor"),
        ([replace(BUREAU, parent_key="housing")], "“housing” is its own ancestor"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_applied(
    county: Area, rows: list[OrganizationRow], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        apply_organizations(rows)
    assert not Organization.objects.exists()
