import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    AcceptanceError,
    InspectionLevel,
    PerHundredUnits,
    PlanSheet,
    Process,
    Severity,
    plan_for,
)


@given(
    st.integers(2, 1_000_000),
    st.sampled_from(InspectionLevel),
    st.sampled_from(GBT_2828_1_2012.aqls),
    st.sampled_from(Severity),
)
def test_every_plan_has_a_sheet(lot_size: int, level: str, aql: str, severity: str) -> None:
    sheet = PlanSheet.of(plan_for(lot_size=lot_size, level=level, aql=aql, severity=severity))
    assert 0 <= sheet.producer_risk < 1
    assert sheet.consumer_risk_quality > float(aql)
    assert len(list(sheet.rows())) == 13
    assert len(str(sheet).splitlines()) == 13


def test_risks_are_those_of_the_plan() -> None:
    plan = plan_for(lot_size=1000, aql="1.0")
    sheet = PlanSheet.of(plan)
    assert not sheet.per_hundred_units
    assert sheet.producer_risk == 1 - plan.single.acceptance(Process(), 0.01)
    assert plan.single.acceptance(Process(), sheet.consumer_risk_quality / 100) == pytest.approx(0.10)


def test_nonconformities_are_counted_above_an_aql_of_ten_or_where_that_is_meant() -> None:
    counted = PlanSheet.of(plan_for(lot_size=1000, aql="1.0"), per_hundred_units=True)
    plan = counted.plan.single
    assert counted.producer_risk == 1 - plan.acceptance(PerHundredUnits(), 1.0)
    assert plan.acceptance(PerHundredUnits(), counted.consumer_risk_quality) == pytest.approx(0.10)
    assert not PlanSheet.of(plan_for(lot_size=1000, aql=10)).per_hundred_units
    assert PlanSheet.of(plan_for(lot_size=1000, aql=15)).per_hundred_units
    with pytest.raises(AcceptanceError, match="The AQL 15 is no percentage of nonconforming units"):
        PlanSheet.of(plan_for(lot_size=1000, aql=15), per_hundred_units=False)


def test_a_sheet_says_where_the_arrows_led_and_by_which_table() -> None:
    rows = dict(PlanSheet.of(plan_for(lot_size=60, level="I", aql="0.65", severity="reduced")).rows())
    assert rows["Standard"] == "GB/T 2828.1-2012 (ISO 2859-1:1999)"
    assert rows["Table"] == "2-C"
    assert rows["Severity of inspection"] == "reduced inspection"
    assert rows["Code letter"] == "C → F"
    assert (rows["Lot size"], rows["Sample size n"]) == ("60", "8")
    assert (rows["Acceptance number Ac"], rows["Rejection number Re"]) == ("0", "1")
    assert rows["Unit of quality"] == "percent nonconforming"


@pytest.mark.parametrize(
    ("aql", "printed"), [("0.010", "0.184"), ("0.65", "4.78"), ("6.5", "18.6"), ("100", "217"), ("1000", "1916")]
)
def test_qualities_have_three_digits_and_no_powers_of_ten(aql: str, printed: str) -> None:
    sheet = PlanSheet.of(plan_for(lot_size=2 if aql == "1000" else 10_000, level="I", aql=aql))
    assert list(sheet.rows())[-1][1] == printed
