"""Leaders' instructions: written on a matter, answered by its officer, taken to the superior body when late."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from web.walk.matters import Matter
from web.walk.moments import NOW, TODAY
from web.walk.people import City
from zhicheng.cases.api import SUBJECT
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.instructions.api import list_text_subjects
from zhicheng.ground.instructions.models import Instruction
from zhicheng.ground.notices.models import Notice
from zhicheng.ground.parties.api import get_organization_by_key
from zhicheng.ground.personal.models import PersonalText
from zhicheng.ground.proceedings.api import Proceeding
from zhicheng.ground.proceedings.tasks import lapse_overdue

WORDS = "请三日内上门核实"


@pytest.fixture
def matter(browsing: City) -> Matter:
    return browsing.worlds["t"].matters["accepted"]


def address(matter: Matter) -> str:
    return f"/desk/instructions/new/case/{matter.case.id}/"


def write(browsing: City, matter: Matter, by: str = "t-leader", **given: Any) -> Any:
    data = {
        "instruction": WORDS, "reply_by": (TODAY + timedelta(days=3)).isoformat(), "key": str(uuid4()), **given
    }  # fmt: skip
    return browsing.people[by].browser().post(address(matter), data)


def written() -> Instruction:
    return Instruction.objects.latest("id")


def standing(kind: str = "instruction") -> Proceeding:
    return Proceeding.objects.filter(subject_kind="instruction", subject_id=written().pk, kind=kind).latest("id")


def step(browsing: City, by: str, verb: str, kind: str = "instruction", **given: str) -> Any:
    one = standing(kind)
    prefix = f"{one.pk}-{verb}"
    data = {"step": prefix, f"{prefix}-expected_number": one.last_step}
    data |= {f"{prefix}-{key}": value for key, value in given.items()}
    return browsing.people[by].browser().post(f"/desk/instructions/{written().pk}/", data)


def page(browsing: City, name: str, path: str) -> str:
    response = browsing.people[name].browser().get(path)
    return response.content.decode() if response.status_code == 200 else ""


def test_an_instruction_is_answered_and_settled(browsing: City, matter: Matter) -> None:
    assert "Write an instruction" in page(browsing, "t-leader", f"/desk/cases/{matter.case.number}/")
    response = write(browsing, matter)
    assert response.status_code == 302
    assert "Awaiting a reply" in page(browsing, "t-officer", "/desk/")
    assert Notice.objects.filter(template="instruction_written", subject_id=written().pk).exists()
    assert WORDS in page(browsing, "t-officer", f"/desk/instructions/{written().pk}/")
    assert step(browsing, "t-officer", "reply", reply="").status_code == 422
    assert step(browsing, "t-officer", "reply", reply="已上门核实").status_code == 302
    assert standing().state == "answered"
    assert standing().due_at is None
    assert step(browsing, "t-leader", "settle").status_code == 302
    assert standing().ending == "final"


def test_a_repeated_send_writes_one(browsing: City, matter: Matter) -> None:
    key = str(uuid4())
    before = Instruction.objects.count()
    assert [write(browsing, matter, key=key).status_code for _ in range(2)] == [302, 302]
    assert Instruction.objects.count() == before + 1
    assert Proceeding.objects.filter(subject_kind="instruction", subject_id=written().pk).count() == 1


def test_only_the_bodies_see_it(browsing: City, matter: Matter) -> None:
    ordered = browsing.worlds["t"].matters["ordered"]
    write(browsing, ordered)
    path = f"/desk/instructions/{written().pk}/"
    assert browsing.people["t-officer"].browser().get(path).status_code == 200
    for name in ("t-company", "s-officer", "s-leader", "market"):
        if name in browsing.people:
            assert browsing.people[name].browser().get(path).status_code in (403, 404), name
    shown = page(browsing, "t-company", f"/desk/cases/{ordered.case.number}/")
    assert ordered.word in shown
    assert "instructions" not in shown
    assert WORDS not in shown


@pytest.mark.parametrize("name", ["t-officer", "t-clerk", "s-officer", "t-company"])
def test_nobody_but_the_leader_writes_one(browsing: City, matter: Matter, name: str) -> None:
    before = Instruction.objects.count()
    assert write(browsing, matter, by=name).status_code in (403, 404)
    assert Instruction.objects.count() == before


@pytest.mark.parametrize(
    "wrong", [{"instruction": ""}, {"reply_by": "2026-01-01"}, {"reply_by": "soon"}, {"key": "x"}]
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    browsing: City, matter: Matter, wrong: dict[str, str]
) -> None:
    before = Instruction.objects.count()
    response = write(browsing, matter, **wrong)
    assert response.status_code == 422
    assert Instruction.objects.count() == before
    if "instruction" not in wrong:
        assert WORDS in response.content.decode()


def test_what_is_late_goes_to_the_superior_body_until_it_is_answered(browsing: City, matter: Matter) -> None:
    write(browsing, matter)
    late = NOW + timedelta(days=5)
    lapse_overdue(now=late)
    lapse_overdue(now=late)
    assert standing().state == "late"
    above = get_organization_by_key("zaozhuang-housing").id
    raised = Proceeding.objects.filter(
        subject_kind="instruction", subject_id=written().pk, kind="instruction_escalation"
    )
    assert [(one.holder_id, one.owner_role) for one in raised] == [(above, Role.LEADER)]
    with clock.fixed_at(late):
        assert step(browsing, "t-officer", "reply", reply="已核实").status_code == 302
    assert standing("instruction_escalation").state == "overtaken"


def test_its_words_can_be_emptied_with_the_matter(browsing: City, matter: Matter) -> None:
    write(browsing, matter)
    subjects = list_text_subjects((SUBJECT, matter.case.id))
    assert subjects[-1] == ("proceeding", standing().pk)
    assert len(subjects) == 2
    assert PersonalText.objects.filter(subject_kind="proceeding", subject_id=standing().pk).count() == 1


def test_records_that_are_none_are_not_found(browsing: City) -> None:
    leader = browsing.people["t-leader"].browser()
    for path in ("new/nothing/1/", "new/case/999999999999/", "999999999999/", "new/instruction/1/"):
        assert leader.get(f"/desk/instructions/{path}").status_code == 404, path
