from datetime import date
from typing import Any

import pytest

from zhicheng.core.clock import Citation, InForce, Limit, LimitError, Roll, Unit, limit_in_force

REPEALED_ON = date(2026, 4, 15)
ORDER_20 = InForce(date(2020, 1, 1), REPEALED_ON)
ORDER_121 = InForce(REPEALED_ON)


def accept(in_force: InForce, **changes: Any) -> Limit:
    values: dict[str, Any] = {
        "key": "complaint.accept",
        "amount": 7,
        "unit": Unit.WORKING_DAYS,
        "citation": Citation("§14", verified=True),
    }
    return Limit(in_force=in_force, **(values | changes))


def test_one_order_ends_on_the_day_the_next_begins() -> None:
    old, new = accept(ORDER_20), accept(ORDER_121, amount=8)
    assert limit_in_force([new, old], "complaint.accept", date(2026, 4, 14)) is old
    assert limit_in_force([new, old], "complaint.accept", REPEALED_ON) is new
    assert limit_in_force([new, old], "complaint.accept", date(2020, 1, 1)) is old


@pytest.mark.parametrize(
    ("key", "on"), [("complaint.accept", date(2019, 12, 31)), ("complaint.mediate", date(2026, 1, 1))]
)
def test_no_limit_is_an_error_that_names_key_and_day(key: str, on: date) -> None:
    with pytest.raises(LimitError, match=f"No limit “{key}” is in force on {on}"):
        limit_in_force([accept(ORDER_20)], key, on)


def test_two_limits_at_once_are_an_error_that_names_both() -> None:
    limits = [
        accept(ORDER_20),
        accept(InForce(date(2026, 1, 1)), citation=Citation("令121号", verified=True)),
    ]
    assert limit_in_force(limits, "complaint.accept", date(2025, 12, 31)) is limits[0]
    with pytest.raises(
        LimitError, match=r"2 limits “complaint.accept” are in force on 2026-01-01 \(§14; 令121号\)"
    ):
        limit_in_force(limits, "complaint.accept", date(2026, 1, 1))


@pytest.mark.parametrize("until_on", [date(2020, 1, 1), date(2019, 1, 1)])
def test_a_limit_cannot_end_before_it_begins(until_on: date) -> None:
    with pytest.raises(LimitError, match="the end must be later"):
        InForce(date(2020, 1, 1), until_on)


@pytest.mark.parametrize("amount", [0, -1])
def test_amounts_and_extensions_are_positive(amount: int) -> None:
    with pytest.raises(LimitError, match=f"has the amount {amount}; expected 1 or more"):
        accept(ORDER_121, amount=amount)
    with pytest.raises(LimitError, match=f"cannot be extended by {amount}; expected 1 or more"):
        accept(ORDER_121).extended(amount)


def test_an_extension_changes_the_amount_and_nothing_else() -> None:
    assert accept(ORDER_121).extended(15) == accept(ORDER_121, amount=22)


@pytest.mark.parametrize("unit", [Unit.WORKING_DAYS, Unit.HOURS])
def test_only_calendar_days_roll(unit: Unit) -> None:
    with pytest.raises(LimitError, match="only calendar days can"):
        accept(ORDER_121, unit=unit, roll=Roll.FORWARD)
    assert accept(ORDER_121, unit=Unit.CALENDAR_DAYS, roll=Roll.FORWARD).roll is Roll.FORWARD


def test_a_recalled_citation_has_nothing_to_print() -> None:
    assert Citation("令18号 §38", verified=False).printable is None
    assert Citation("令18号 §46", verified=True).printable == "令18号 §46"
