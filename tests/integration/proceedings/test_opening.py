"""What a table asks for when a proceeding is opened: checked, kept apart where it may be personal, and timed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.process import DueBy, Need, NeedKind, Process, Step, final, open_
from zhicheng.ground.areas.api import Area
from zhicheng.ground.personal.api import PersonalText
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import Proceeding, StepRefused, open_together, register_process

from .conftest import LETTER, Bodies

SENT, KEPT = open_("sent", Role.CLERK), final("kept")
DEMAND = Need("demand", NeedKind.TEXT, "Demand", max_length=20)
WISHED_ON = Need("wished_on", NeedKind.DATE, "Wished for", required=False, from_today=True)
PETITION = Process(
    key="test_petition", label="Petition", in_force=date(2020, 1, 1), domain=Domain.HOUSING, states=(SENT, KEPT),
    steps=(Step("keep", SENT >> KEPT, Role.CLERK, within=DueBy("wished_on")),), opening=(DEMAND, WISHED_ON),
)  # fmt: skip
SUBJECT = ("test_letter", 7)


@pytest.fixture
def petition(letter_process: Process) -> Iterator[Process]:
    register_process(PETITION)
    yield PETITION
    del registry._processes[PETITION.key]


def opened(bodies: Bodies, county: Area, by: Actor, now: datetime, **told: object) -> list[Proceeding]:
    ids = open_together(
        processes=[LETTER, PETITION], subject=SUBJECT, area=county, holder=bodies.county.id,
        domain=Domain.HOUSING, by=by, now=now, told=told,
    )  # fmt: skip
    return [Proceeding.objects.get(id=one) for one in ids]


def test_answers_go_to_the_table_that_asks(
    petition: Process, limits: None, bodies: Bodies, county: Area, clerk: Actor, now: datetime
):
    wished = now.date() + timedelta(days=9)
    letter, asked = opened(bodies, county, clerk, now, demand=" mend the roof ", wished_on=wished)
    assert set(letter.steps.get().data) == {"holder"}
    data = asked.steps.get().data
    assert data["wished_on"] == wished.isoformat()
    text = PersonalText.objects.get(subject_kind="proceeding", subject_id=asked.id)
    assert (text.text, text.hash) == ("mend the roof", data["demand"]["text"])
    assert asked.due_at is not None
    assert asked.due_at.astimezone(now.tzinfo).date() == wished


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "demand"),
        ({"demand": "x" * 21}, "demand"),
        ({"demand": "mend it", "wished_on": date(2020, 1, 1)}, "wished_on"),
    ],
)
def test_a_wrong_answer_is_refused_by_its_field_and_nothing_is_opened(
    petition: Process, limits: None, bodies: Bodies, county: Area, clerk: Actor, now: datetime,
    told: dict[str, object], field: str,
):  # fmt: skip
    with pytest.raises(StepRefused) as refused:
        opened(bodies, county, clerk, now, **told)
    assert [one.field for one in refused.value.refusals] == [field]
    assert not Proceeding.objects.filter(subject_kind=SUBJECT[0], subject_id=SUBJECT[1]).exists()
