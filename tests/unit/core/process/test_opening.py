"""What a table may ask for when a proceeding is opened."""

from datetime import date

import pytest

from zhicheng.core.access import Role
from zhicheng.core.process import DueBy, Need, NeedKind, Process, Step, final, open_
from zhicheng.core.process.table import ProcessError

SENT, KEPT = open_("sent", Role.CLERK), final("kept")


def table(*opening: Need, within: DueBy | None = None) -> Process:
    return Process(
        key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, KEPT), opening=opening,
        steps=(Step("keep", SENT >> KEPT, Role.CLERK, within=within),),
    )  # fmt: skip


def test_the_opening_needs_are_those_of_the_first_step():
    demand = Need("demand", NeedKind.TEXT, "Demand")
    assert table(demand).needs_of("", "open") == (demand,)
    assert table(demand).needs_of("sent", "keep") == ()


def test_a_clock_may_run_to_a_date_of_the_opening():
    wished = Need("wished_on", NeedKind.DATE, "Wished for")
    assert table(wished, within=DueBy("wished_on")).clocks[0].limit == DueBy("wished_on")


def test_files_are_not_asked_for_at_the_opening():
    with pytest.raises(ProcessError, match=r"the opening asks for files \['photos'\]"):
        table(Need("photos", NeedKind.FILES, "Photos"))
