"""Cases of the same matter: one follows the other where one act answers both, else each is answered by itself."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, Complaint, housing_of, loop_of, open_case, reporter_of
from zhicheng.cases.joining.models import Joint
from zhicheng.cases.joining.panel import list_suggestions
from zhicheng.cases.joining.queries import list_joined
from zhicheng.cases.lists import is_joined
from zhicheng.cases.queries import list_latest
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.ledger.api import list_entries, verify_one_chain
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import Clock, StepRefused, advance

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def officer(city: City) -> Actor:
    return city.staff(2, Role.OFFICER)


@pytest.fixture
def leader(city: City) -> Actor:
    return city.staff(3, Role.LEADER)


def another(complaint: Complaint, now: datetime, number: int = 2, **changes: object) -> Case:
    fresh = replace(
        complaint, request_key=UUID(int=number, version=4), reporter_name="赵六", reporter_phone="13900005678",
        reporter_email="zhao@example.org", tell_progress=True, **changes,
    )  # fmt: skip
    return open_case(complaint=fresh, now=now).case


@pytest.fixture
def leading(case: Case, city: City, now: datetime) -> Case:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    return case


@pytest.fixture
def later(leading: Case, complaint: Complaint, now: datetime) -> Case:
    return another(complaint, now + AN_HOUR)


@pytest.fixture
def followed(leading: Case, later: Case, officer: Actor, now: datetime) -> Case:
    step(later, "follow", officer, now + AN_HOUR, leading=leading.number)
    return later


def dismissed(case: Case, officer: Actor, leader: Actor, now: datetime) -> None:
    step(case, "request_dismiss", officer, now, finding="现场未见渗漏")
    step(case, "dismiss", leader, now)


def steps_told(case: Case) -> list[str]:
    found = Notice.objects.filter(template="reported_moved", subject_id=case.pk, recipient_kind="contact")
    return list(dict.fromkeys(found.order_by("id").values_list("step", flat=True)))


def test_what_follows_waits_without_a_limit(leading: Case, followed: Case, officer: Actor) -> None:
    current = housing_of(followed)
    assert (current.state, current.owner_role, current.due_at) == ("following", "system", None)
    assert not Clock.objects.filter(proceeding=current, ended_at__isnull=True).exists()
    [above] = list_joined(followed.pk, officer)
    [below] = list_joined(leading.pk, officer)
    assert (above.case, above.leads, above.manner) == (leading, True, "follows")
    assert (below.case, below.leads) == (followed, False)
    assert list(Case.objects.filter(is_joined("follows", officer))) == [followed]
    assert list(Case.objects.filter(is_joined("leads", officer))) == [leading]


def test_both_chains_say_so(leading: Case, followed: Case) -> None:
    assert list_entries(("case", followed.pk)).last().act == "follow"  # type: ignore[union-attr]
    assert list_entries(("case", leading.pk)).last().act == "case.joined"  # type: ignore[union-attr]
    for case in (leading, followed):
        assert verify_one_chain(("case", case.pk)).finding is None


def test_its_reporter_is_told_through_the_leading_case_and_called_back_alone(
    leading: Case, followed: Case, officer: Actor, leader: Actor, city: City, now: datetime
) -> None:
    later = now + 2 * AN_HOUR
    step(leading, "order", officer, later, cause="workmanship", company=city.builder.id,
         due_on=later.date() + timedelta(days=30), requirement="返工")  # fmt: skip
    assert steps_told(followed)[-1:] == ["order"]
    assert housing_of(followed).state == "following"
    advance(
        proceeding=housing_of(leading).id, verb="request_object", by=city.company(city.builder), now=later,
        data={"reason": "不是我方"},
    )  # fmt: skip
    advance(proceeding=housing_of(leading).id, verb="object", by=officer, now=later)
    dismissed(leading, officer, leader, later)
    assert housing_of(followed).state == "ended_with"
    assert (loop_of(leading).state, loop_of(followed).state) == ("awaiting_call", "awaiting_call")
    assert "end_with" in steps_told(followed)
    outcome = {"outcome": "satisfied"}
    advance(proceeding=loop_of(followed).id, verb="call", by=city.staff(8, Role.CALLER), now=later, data=outcome)
    assert (loop_of(leading).state, loop_of(followed).state) == ("awaiting_call", "closed")


def test_if_the_leading_case_ends_undecided_nobody_is_lost_with_it(
    leading: Case, followed: Case, officer: Actor, now: datetime
) -> None:
    advance(
        proceeding=housing_of(leading).id, verb="retract", by=reporter_of(leading), now=now + 2 * AN_HOUR,
        data={"reason": "已和物业谈妥"},
    )  # fmt: skip
    current = housing_of(followed)
    assert (current.state, current.owner_role) == ("accepted", "officer")
    assert current.due_at is not None
    assert list_joined(followed.pk, officer) == []
    assert "come_back" in steps_told(followed)


def test_it_is_parted_for_a_reason_and_can_follow_again(
    leading: Case, followed: Case, officer: Actor, now: datetime
) -> None:
    with pytest.raises(StepRefused, match="Reason"):
        step(followed, "part", officer, now + 2 * AN_HOUR)
    step(followed, "part", officer, now + 2 * AN_HOUR, reason="不是同一处")
    assert housing_of(followed).state == "accepted"
    assert list_joined(leading.pk, officer) == []
    assert list_entries(("case", leading.pk)).last().act == "case.parted"  # type: ignore[union-attr]
    step(followed, "follow", officer, now + 3 * AN_HOUR, leading=leading.number)
    assert Joint.objects.filter(later=followed).count() == 2


@pytest.mark.parametrize(
    ("which", "why"),
    [
        ("nothing", "No case that you see"),
        ("itself", "is this case itself"),
        ("younger", "The case that came first leads"),
        ("ended", "is not being handled any more"),
        ("follower", "is not being handled any more"),
    ],
)
def test_what_cannot_lead_is_said(
    leading: Case, followed: Case, complaint: Complaint, officer: Actor, leader: Actor, now: datetime, which: str,
    why: str,
) -> None:  # fmt: skip
    third = another(complaint, now + 2 * AN_HOUR, number=3)
    younger = another(complaint, now + 3 * AN_HOUR, number=4)
    if which == "ended":
        dismissed(leading, officer, leader, now + 3 * AN_HOUR)
    numbers = {
        "nothing": "TS-0000", "itself": third.number, "younger": younger.number, "ended": leading.number,
        "follower": followed.number,
    }  # fmt: skip
    with pytest.raises(StepRefused, match=why) as refused:
        step(third, "follow", officer, now + 4 * AN_HOUR, leading=numbers[which])
    assert [one.field for one in refused.value.refusals] == ["leading"]
    assert housing_of(third).state == "received"
    assert not Joint.objects.filter(later=third).exists()


def test_what_others_follow_does_not_follow(
    leading: Case, followed: Case, complaint: Complaint, officer: Actor, city: City, now: datetime
) -> None:
    with pytest.raises(StepRefused, match="a case that leads cannot follow"):
        step(leading, "follow", officer, now + 2 * AN_HOUR, leading=followed.number)


def test_a_case_of_another_body_is_not_joined(leading: Case, later: Case, city: City, now: datetime) -> None:
    above = city.staff(5, Role.OFFICER, city.superior)
    with pytest.raises(StepRefused, match="Your role does not allow"):
        step(later, "follow", above, now + AN_HOUR, leading=leading.number)


def test_what_is_suggested_is_earlier_alike_and_in_hand(
    leading: Case, later: Case, officer: Actor, leader: Actor, now: datetime
) -> None:
    with clock.fixed_at(now + 2 * AN_HOUR):
        [suggestion] = list_suggestions(later.pk, officer)
        assert (suggestion.similar.case, suggestion.step.verb) == (leading, "follow")
        assert list_suggestions(leading.pk, officer) == []
        dismissed(leading, officer, leader, now + AN_HOUR)
        assert list_suggestions(later.pk, officer) == []


def market_officer(city: City) -> Actor:
    body = list_competent_bodies(city.town.path, Domain.MARKET, city.town.valid_from)[0]
    path = "/".join(city.town.path.split("/")[:4]) + "/"
    reach = Reach(Role.OFFICER, frozenset({body}), (path,), frozenset({Domain.MARKET}))
    return Actor("user:12", "market", (reach,), organization_id=body)


def test_complaints_of_two_consumers_are_handled_together_and_answered_one_by_one(
    complaint: Complaint, city: City, now: datetime
) -> None:
    fake = get_term("market.category", "counterfeit", city.town)
    told = {"demand": "退款", "publishable": "yes", "entrustable": "yes"}
    first = another(complaint, now, number=11, category=fake, told=told)
    second = another(complaint, now + AN_HOUR, number=12, category=fake, told=told)
    market = market_officer(city)

    def take(case: Case, verb: str, **data: object) -> None:
        advance(proceeding=list_latest(case)[0].id, verb=verb, by=market, now=now + 2 * AN_HOUR, data=data)

    before = list_latest(second)[0]
    take(second, "join", leading=first.number)
    current = list_latest(second)[0]
    assert (current.state, current.due_at) == (before.state, before.due_at)
    assert list_joined(second.pk, market)[0].manner == "together"
    assert steps_told(second) == []
    with pytest.raises(StepRefused, match="handled together with another already"):
        take(second, "join", leading=first.number)
    take(first, "reject", ground="other", reason="其他")
    assert list_latest(second)[0].state == before.state
    take(second, "part", reason="商家不同")
    assert list_joined(second.pk, market) == []
    with pytest.raises(StepRefused, match="is not handled together"):
        take(second, "part", reason="商家不同")


def test_what_has_ended_or_is_led_by_another_leads_nothing(
    complaint: Complaint, city: City, now: datetime
) -> None:
    fake = get_term("market.category", "counterfeit", city.town)
    told = {"demand": "退款", "publishable": "yes", "entrustable": "yes"}
    first, second, third, fourth = (
        another(complaint, now + number * AN_HOUR, number=20 + number, category=fake, told=told)
        for number in range(4)
    )
    market = market_officer(city)

    def take(case: Case, verb: str, **data: object) -> None:
        advance(proceeding=list_latest(case)[0].id, verb=verb, by=market, now=now + 9 * AN_HOUR, data=data)

    take(third, "join", leading=second.number)
    with pytest.raises(StepRefused, match=f"join each of them to {first.number}"):
        take(second, "join", leading=first.number)
    take(first, "reject", ground="other", reason="其他")
    with pytest.raises(StepRefused, match=f"{first.number} is not being handled any more"):
        take(fourth, "join", leading=first.number)
    assert list_joined(first.pk, market) == []
    take(fourth, "join", leading=second.number)
    assert [one.case for one in list_joined(second.pk, market)] == [third, fourth]
