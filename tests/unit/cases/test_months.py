"""Months of figures."""

import pytest

from zhicheng.cases.figures import MONTHS_SHOWN, Month


def test_every_month_that_can_be_read_has_the_months_before_it():
    assert Month.parse("1900-01").back(MONTHS_SHOWN).first.year == 1899


@pytest.mark.parametrize("typed", ["0001-01", "1899-12", "2026-13", "2026"])
def test_what_is_no_month_or_too_early_is_refused(typed: str):
    with pytest.raises(ValueError, match=r"before 1900|must be in|Invalid isoformat|out of range"):
        Month.parse(typed)
