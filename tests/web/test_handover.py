"""A leader hands over what somebody had who leaves; and many chosen matters are handed on at once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.walk.matters import Matter
from web.walk.moments import NOW, TODAY
from web.walk.people import City
from web.walk.worlds import hire
from zhicheng.cases.api import housing_of
from zhicheng.core.access import Role
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.notices.models import Notice
from zhicheng.ground.proceedings.api import Proceeding, assign

ADDRESS = "/desk/handover/"
HELD = ("received", "accepted", "requested", "rectified")


def user(city: City, name: str) -> User:
    found = city.people[name].user
    assert found is not None
    return found


@pytest.fixture
def held(browsing: City) -> list[Proceeding]:
    """Four matters that the officer took."""
    world = browsing.worlds["t"]
    officer = world.actor(Role.OFFICER)
    found = [housing_of(world.matters[name].case) for name in HELD]
    for one in found:
        assign(proceeding=one.pk, to=officer.user_id, seen=None, by=officer, now=NOW)
    return found


def send(city: City, to: list[str], do: str = "hand", by: str = "t-leader", **given: Any) -> Any:
    data = {
        "leaver": user(city, "t-officer").pk, "receivers": [user(city, name).pk for name in to],
        "last_on": TODAY.isoformat(), "reason": "调离本单位", "do": do, **given,
    }  # fmt: skip
    return city.people[by].browser().post(ADDRESS, data)


def whose(held: list[Proceeding]) -> list[str]:
    return [Proceeding.objects.select_related("assignee").get(pk=one.pk).assignee.username for one in held]


@pytest.mark.parametrize("name", ["t-clerk", "t-officer", "caller", "t-company", "security"])
def test_only_leaders_have_the_page(browsing: City, name: str) -> None:
    assert browsing.people[name].browser().get(ADDRESS).status_code == 403


def test_what_would_move_is_shown_and_nothing_moves(browsing: City, held: list[Proceeding]) -> None:
    response = send(browsing, ["t-clerk", "t-leader"], do="show")
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count('data-label="Goes to"') == 4
    assert "Hand over now" in page
    assert set(whose(held)) == {"t-officer"}


def test_all_move_shared_out_and_everybody_is_told_once(browsing: City, held: list[Proceeding]) -> None:
    assert send(browsing, ["t-clerk", "t-leader"]).status_code == 302
    assert sorted(whose(held)) == ["t-clerk", "t-clerk", "t-leader", "t-leader"]
    told = Notice.objects.filter(template="matters_handed", channel="inbox")
    assert [one.recipient_id for one in told] == [user(browsing, "t-clerk").pk]
    assert told.get().params == {"count": 2}
    entry = list_entries(("user", user(browsing, "t-officer").pk)).last()
    assert entry is not None
    body = read_body(entry)
    assert entry.act == "hand_over"
    assert (body["moved"], body["left"], body["roles_ended"]) == (4, 0, 0)
    assert "调离" not in str(body)
    assert all([e.act for e in list_entries((one.subject_kind, one.subject_id))][-1] == "assign" for one in held)
    assert send(browsing, ["t-clerk", "t-leader"]).status_code == 302
    assert sorted(whose(held)) == ["t-clerk", "t-clerk", "t-leader", "t-leader"], "again moves nothing"


def test_what_nobody_may_handle_is_said_and_the_rest_done(browsing: City, held: list[Proceeding]) -> None:
    """A colleague whose grant is narrowed to another place takes nothing."""
    world = browsing.worlds["t"]
    narrow = hire("t-narrow", "narrow zqtperson", world.body)
    narrow.grants.create(role=Role.OFFICER, organization=world.body, area=browsing.worlds["s"].place)
    page = send(browsing, ["t-clerk"], do="show", receivers=[narrow.pk]).content.decode()
    assert page.count("Nobody of the chosen") == 4
    assert send(browsing, ["t-clerk"], receivers=[narrow.pk]).status_code == 302
    assert set(whose(held)) == {"t-officer"}
    assert send(browsing, ["t-clerk"], receivers=[narrow.pk, user(browsing, "t-clerk").pk]).status_code == 302
    assert set(whose(held)) == {"t-clerk"}


def test_roles_end_with_the_last_day_if_asked(browsing: City, held: list[Proceeding]) -> None:
    leaver = user(browsing, "t-officer")
    assert send(browsing, ["t-clerk"], end_roles="on", last_on="2026-12-31").status_code == 302
    assert [str(one) for one in leaver.grants.values_list("valid_to", flat=True)] == ["2026-12-31"]
    acts = [entry.act for entry in list_entries(("user", leaver.pk))]
    assert acts[-2:] == ["end_grant", "hand_over"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"leaver": ""}, "is missing."),
        ({"receivers": []}, "is missing."),
        ({"reason": ""}, "is missing."),
        ({"last_on": "2020-01-01"}, "The last day 2020-01-01 has passed."),
        ({"last_on": "soon"}, "Write a date such as 2026-11-23."),
        ({"leaver": "0"}, "is not one of the choices for"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    browsing: City, held: list[Proceeding], given: dict[str, Any], said: str
) -> None:
    response = send(browsing, ["t-clerk"], **given)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert set(whose(held)) == {"t-officer"}


def test_nobody_hands_to_the_leaver_or_hands_themselves_over(browsing: City, held: list[Proceeding]) -> None:
    assert "their own matters" in send(browsing, ["t-officer"]).content.decode()
    own = send(browsing, ["t-clerk"], leaver=user(browsing, "t-leader").pk)
    assert "ask another leader" in own.content.decode()
    strange = send(browsing, ["t-clerk"], leaver=user(browsing, "s-officer").pk)
    assert strange.status_code == 422
    assert set(whose(held)) == {"t-officer"}


def test_it_costs_the_same_for_more_matters(browsing: City, held: list[Proceeding]) -> None:
    def cost(matters: list[Proceeding]) -> int:
        Proceeding.objects.filter(pk__in=[one.pk for one in matters]).update(assignee=user(browsing, "t-officer"))
        with CaptureQueriesContext(connection) as captured:
            assert send(browsing, ["t-clerk"]).status_code == 302
        return len(captured)

    assert cost(held) <= cost(held[:1])


def chosen(matters: list[Matter]) -> list[str]:
    return [f"{housing_of(one.case).pk}.{housing_of(one.case).last_step}" for one in matters]


def test_chosen_matters_are_handed_to_a_colleague(browsing: City) -> None:
    matters = [browsing.worlds["t"].matters[name] for name in HELD]
    client = browsing.people["t-officer"].browser()
    page = client.get("/desk/batch/", {"row": chosen(matters)}).content.decode()
    assert "Hand them to a colleague" in page
    clerk = user(browsing, "t-clerk").pk
    sent = {"row": chosen(matters), "step": "assign", "to": clerk}
    for _ in range(2):
        assert client.post("/desk/batch/", sent).status_code == 200
        assert set(whose([housing_of(one.case) for one in matters])) == {"t-clerk"}
    assert Notice.objects.filter(template="matters_handed", channel="inbox").count() == 1


def test_what_cannot_be_handed_on_says_why(browsing: City) -> None:
    """The city's bureau sees the county's matters and hands none of them on; nor is a stranger handed any."""
    matters = [browsing.worlds["t"].matters["accepted"]]
    city = browsing.people["city"].browser()
    assert "Hand them to a colleague" not in city.get("/desk/batch/", {"row": chosen(matters)}).content.decode()
    sent = {"row": chosen(matters), "step": "assign"}
    assert city.post("/desk/batch/", {**sent, "to": user(browsing, "t-clerk").pk}).status_code == 422
    officer = browsing.people["t-officer"].browser()
    for to in ("", "x", user(browsing, "s-clerk").pk):
        assert officer.post("/desk/batch/", {**sent, "to": to}).status_code == 422
    assert housing_of(matters[0].case).assignee_id is None
