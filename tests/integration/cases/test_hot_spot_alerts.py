"""A hot spot is told once to the body in charge, again when it has grown, and answered with a word."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from integration.cases.conftest import City
from integration.cases.test_hot_spots import estate, tell
from zhicheng.cases.hotspots.alerting import acknowledge, alert_hot_spots, erase_due_words
from zhicheng.cases.hotspots.models import SUBJECT, HotSpotAlert
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User, grant_role, open_account
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.personal.api import get_texts_by_hash

__all__ = ["estate"]
A_DAY = timedelta(days=1)
HOUSE = Actor("system:setup", "set-up")


@pytest.fixture
def people(city: City, now: datetime) -> dict[Role, User]:
    """An officer, a leader and a clerk of the county's bureau, with accounts."""
    found = {}
    for role in (Role.CLERK, Role.OFFICER, Role.LEADER):
        user = open_account(username=role, name=role, organization=city.bureau, by=HOUSE, now=now)
        grant_role(user=user, role=role, organization=city.bureau, valid_from=now.date(), by=HOUSE, now=now)
        found[role] = user
    return found


def told_by(city: City, now: datetime, site: Site, first: int, count: int) -> None:
    for number in range(first, first + count):
        tell(city, now, "leak", f"138000000{number:02}", site)


def officer(city: City, people: dict[Role, User]) -> Actor:
    return replace(city.staff(2, Role.OFFICER), user_id=people[Role.OFFICER].pk)


def test_it_is_told_once_to_officers_and_leaders(
    city: City, estate: tuple[Site, Site], people: dict[Role, User], now: datetime
) -> None:
    told_by(city, now, estate[0], 1, 3)
    assert alert_hot_spots(now=now) == 0
    told_by(city, now, estate[1], 4, 1)
    assert [alert_hot_spots(now=now) for _ in range(2)] == [1, 0]
    alert = HotSpotAlert.objects.get()
    assert (alert.body, alert.reach, alert.count, alert.place_key) == (
        city.bureau,
        4,
        4,
        -(estate[0].parent_id or 0),
    )
    told = Notice.objects.filter(template="hot_spot", channel="inbox").values_list("recipient_id", flat=True)
    assert set(told) == {people[Role.OFFICER].pk, people[Role.LEADER].pk}
    assert [one.act for one in list_entries((SUBJECT, alert.pk))] == ["hot_spot.tell"]


def test_again_only_when_it_has_grown_by_the_factor(
    city: City, estate: tuple[Site, Site], people: dict[Role, User], now: datetime
) -> None:
    told_by(city, now, estate[0], 1, 4)
    alert_hot_spots(now=now)
    told_by(city, now, estate[0], 5, 3)
    assert alert_hot_spots(now=now + A_DAY) == 0
    told_by(city, now, estate[0], 8, 1)
    assert alert_hot_spots(now=now + A_DAY) == 1
    first, second = HotSpotAlert.objects.order_by("id")
    assert (second.after, second.reach, first.over_at) == (first, 8, now + A_DAY)
    assert Notice.objects.filter(template="hot_spot_grown", channel="inbox").count() == 2


def test_what_cooled_down_is_told_anew_when_it_is_hot_again(
    city: City, estate: tuple[Site, Site], people: dict[Role, User], now: datetime
) -> None:
    told_by(city, now, estate[0], 1, 4)
    alert_hot_spots(now=now)
    assert alert_hot_spots(now=now + 31 * A_DAY) == 0
    assert HotSpotAlert.objects.get().over_at == now + 31 * A_DAY
    told_by(city, now + 32 * A_DAY, estate[0], 11, 4)
    assert alert_hot_spots(now=now + 32 * A_DAY) == 1


def test_a_city_states_its_own_threshold(
    city: City, estate: tuple[Site, Site], people: dict[Role, User], now: datetime
) -> None:
    told_by(city, now, estate[0], 1, 2)
    LimitRow.objects.create(
        key="hotspot.reach", area=city.town.parent, amount=2, unit="times", roll="none", citation="本县",
        valid_from=now.date(),
    )  # fmt: skip
    forget_loaded()
    assert alert_hot_spots(now=now) == 1


def test_it_is_answered_once_by_the_body_in_charge(
    city: City, estate: tuple[Site, Site], people: dict[Role, User], now: datetime
) -> None:
    told_by(city, now, estate[0], 1, 4)
    alert_hot_spots(now=now)
    alert, by = HotSpotAlert.objects.get(), officer(city, people)
    above = replace(city.staff(5, Role.OFFICER, city.superior), user_id=people[Role.CLERK].pk)
    for nobody in (above, replace(city.staff(1, Role.CLERK), user_id=people[Role.CLERK].pk)):
        with pytest.raises(Refused, match="Only officers and leaders"):
            acknowledge(alert=alert.pk, word="排查", by=nobody, now=now)
    with pytest.raises(Refused, match="Say in up to"):
        acknowledge(alert=alert.pk, word=" ", by=by, now=now)
    with pytest.raises(HotSpotAlert.DoesNotExist):
        acknowledge(alert=alert.pk, word="排查", by=city.company(city.builder), now=now)
    answered = acknowledge(alert=alert.pk, word="已组织排查该小区防水", by=by, now=now)
    assert get_texts_by_hash((SUBJECT, alert.pk))[answered.word] == "已组织排查该小区防水"
    assert [one.act for one in list_entries((SUBJECT, alert.pk))] == ["hot_spot.tell", "hot_spot.acknowledge"]
    with pytest.raises(Refused, match="already"):
        acknowledge(alert=alert.pk, word="再次", by=by, now=now)
    erase_due_words(now=now + 1095 * A_DAY)
    assert get_texts_by_hash((SUBJECT, alert.pk))[answered.word]
    erase_due_words(now=now + 1097 * A_DAY)
    assert answered.word not in get_texts_by_hash((SUBJECT, alert.pk))
