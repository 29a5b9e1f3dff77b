"""Yellow and red cards: issued once by the system, told, shown, counted, and taken to the superior body."""

from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.walk.matters import Matter
from web.walk.people import City
from zhicheng.cases.api import SUBJECT, housing_of
from zhicheng.core.access import Role
from zhicheng.core.clock import Signal, signal
from zhicheng.ground import clock
from zhicheng.ground.cards.models import Card, Reminder
from zhicheng.ground.cards.reminding import LIMITS, remind
from zhicheng.ground.cards.services import issue_cards, raise_cards
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.notices.models import Notice
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.parties.api import get_organization_by_key
from zhicheng.ground.proceedings.api import Proceeding, advance, assign

A_DAY = timedelta(days=1)


@pytest.fixture
def matter(browsing: City) -> Matter:
    """Accepted, and the officer's turn, with a clock that runs."""
    return browsing.worlds["t"].matters["accepted"]


def due(matter: Matter) -> Any:
    found = housing_of(matter.case).due_at
    assert found is not None
    return found


def cards(matter: Matter) -> list[str]:
    found = Card.objects.filter(proceeding=housing_of(matter.case)).order_by("id")
    return [one.colour for one in found]


def acts(matter: Matter) -> list[str]:
    return [entry.act for entry in list_entries((SUBJECT, matter.case.id)) if entry.act.startswith("card.")]


def told(template: str, matter: Matter) -> set[int]:
    found = Notice.objects.filter(template=template, subject_kind=SUBJECT, subject_id=matter.case.id)
    return set(found.values_list("recipient_id", flat=True))


def yellow_moment(matter: Matter) -> Any:
    """The first noon, going back from the limit, on which the light is no longer green."""
    moment = due(matter) - timedelta(hours=12)
    while signal(due(matter), moment - A_DAY, working_calendar()) is Signal.YELLOW:
        moment -= A_DAY
    return moment


def test_yellow_before_the_limit_and_red_after_it_each_once(browsing: City, matter: Matter) -> None:
    early = yellow_moment(matter)
    issue_cards(now=early - A_DAY)
    assert cards(matter) == []
    issue_cards(now=early)
    issue_cards(now=early)
    assert cards(matter) == ["yellow"]
    issue_cards(now=due(matter) + timedelta(hours=1))
    issue_cards(now=due(matter) + A_DAY)
    assert cards(matter) == ["yellow", "red"]
    assert acts(matter) == ["card.yellow", "card.red"]


def test_officers_are_told_of_yellow_and_leaders_of_red(browsing: City, matter: Matter) -> None:
    staff = browsing.worlds["t"].staff
    issue_cards(now=yellow_moment(matter))
    assert told("card_yellow", matter) == {staff[Role.CLERK].pk, staff[Role.OFFICER].pk}
    issue_cards(now=due(matter) + A_DAY)
    assert told("card_red", matter) == {staff[role].pk for role in (Role.CLERK, Role.OFFICER, Role.LEADER)}


def test_a_matter_that_waits_for_a_company_gets_none(browsing: City) -> None:
    ordered = browsing.worlds["t"].matters["ordered"]
    issue_cards(now=due(ordered) + A_DAY)
    assert cards(ordered) == []


def test_a_red_card_goes_to_the_superior_body_after_the_packs_limit(browsing: City, matter: Matter) -> None:
    late = due(matter) + A_DAY
    issue_cards(now=late)
    raise_cards(now=late + A_DAY)
    assert Card.objects.get(proceeding=housing_of(matter.case)).raised_at is None
    later = late + timedelta(days=12)
    raise_cards(now=later)
    raise_cards(now=later + A_DAY)
    assert Card.objects.get(proceeding=housing_of(matter.case)).raised_at == later
    assert acts(matter) == ["card.red", "card.raise"]
    entry = list(list_entries((SUBJECT, matter.case.id)))
    assert get_organization_by_key("zaozhuang-housing").id == next(
        read_body(one)["superior"] for one in entry if one.act == "card.raise"
    )


def test_a_matter_that_moved_on_is_not_raised(browsing: City, matter: Matter) -> None:
    late = due(matter) + A_DAY
    issue_cards(now=late)
    officer = browsing.worlds["t"].actor(Role.OFFICER)
    with clock.fixed_at(late + A_DAY):
        order = {**matter.sent, "due_on": (late + timedelta(days=30)).date()}
        advance(proceeding=housing_of(matter.case).id, verb="order", by=officer, now=late + A_DAY, data=order)
    raise_cards(now=late + timedelta(days=20))
    assert Card.objects.get(proceeding=housing_of(matter.case)).raised_at is None


def test_cards_are_shown_to_the_bodies_on_the_matter_in_the_inbox_and_in_the_list(
    browsing: City, matter: Matter
) -> None:
    issue_cards(now=due(matter) + A_DAY)
    officer = browsing.people["t-officer"].browser()
    assert "Red card" in officer.get(f"/desk/cases/{matter.case.number}/").content.decode()
    assert "Red card" in officer.get("/desk/").content.decode()
    page = officer.get("/desk/cards/").content.decode()
    assert matter.word in page
    for name in ("s-officer", "market"):
        shown = browsing.people[name].browser().get("/desk/cards/").content.decode()
        assert matter.word not in shown
    assert browsing.people["t-company"].browser().get("/desk/cards/").status_code == 403


def test_the_list_is_filtered_by_colour_body_and_month(browsing: City, matter: Matter) -> None:
    late = due(matter) + A_DAY
    issue_cards(now=late)
    body = browsing.worlds["t"].body.id
    client = browsing.people["t-officer"].browser()
    with clock.fixed_at(late):
        month = f"{late:%Y-%m}"
        for query, shown in (
            (f"colour=red&body={body}&month={month}", True),
            ("colour=yellow", False),
            ("raised=1", False),
        ):
            page = client.get(f"/desk/cards/?{query}").content.decode()
            rows = page.partition('id="list"')[2]
            assert (matter.word in rows) is shown, query


def test_the_inbox_costs_one_query_for_all_cards(browsing: City, matter: Matter) -> None:
    client, counts = browsing.people["t-officer"].browser(), []
    for moment in (None, due(matter) + A_DAY):
        if moment:
            issue_cards(now=moment)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_matter_without_a_running_clock_gets_none(browsing: City, matter: Matter) -> None:
    Proceeding.objects.filter(id=housing_of(matter.case).id).update(due_at=None)
    issue_cards(now=clock.now() + timedelta(days=400))
    assert cards(matter) == []


def reminded(matter: Matter) -> list[str]:
    found = Reminder.objects.filter(proceeding=housing_of(matter.case)).order_by("id")
    return [one.stage for one in found]


def test_the_assignee_is_reminded_then_the_leaders_each_once(browsing: City, matter: Matter) -> None:
    world = browsing.worlds["t"]
    officer = world.actor(Role.OFFICER)
    assign(proceeding=housing_of(matter.case).pk, to=officer.user_id, seen=None, by=officer, now=clock.now())
    begun = yellow_moment(matter)
    issue_cards(now=begun)
    remind(now=begun)
    assert reminded(matter) == []
    late = begun + timedelta(days=30)
    stages = []
    for hours in range(12, 30 * 24, 12):
        remind(now=begun + timedelta(hours=hours))
        stages.append(reminded(matter))
    assert [one for one, _ in groupby(stages)] == [[], ["assignee"], ["assignee", "leader"]]
    assert told("card_reminder", matter) == {world.staff[Role.OFFICER].pk}
    assert told("card_reminder_leader", matter) == {world.staff[Role.LEADER].pk}
    assert acts(matter) == ["card.yellow", "card.remind", "card.remind"]
    issue_cards(now=late)
    remind(now=late + A_DAY)
    assert reminded(matter) == ["assignee", "leader"], "a red card for the same limit reminds nobody anew"


def test_of_what_nobody_took_those_are_reminded_who_could_take_it(browsing: City, matter: Matter) -> None:
    staff = browsing.worlds["t"].staff
    issue_cards(now=due(matter) + A_DAY)
    remind(now=due(matter) + timedelta(days=30))
    assert told("card_reminder", matter) == {staff[Role.CLERK].pk, staff[Role.OFFICER].pk}


def test_nobody_is_reminded_of_what_moved_on_or_where_the_pack_states_no_time(
    browsing: City, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_cards(now=due(matter) + A_DAY)
    late = due(matter) + timedelta(days=30)
    with monkeypatch.context() as without:
        without.setattr("zhicheng.ground.cards.reminding.LIMITS", dict.fromkeys(LIMITS, "card.nothing"))
        assert remind(now=late) == 0
    Proceeding.objects.filter(id=housing_of(matter.case).id).update(due_at=due(matter) + timedelta(days=90))
    remind(now=late)
    assert reminded(matter) == []
