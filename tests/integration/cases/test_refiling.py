"""A case filed under the wrong category, or as the wrong kind of matter, on the real database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import gettext, override

from zhicheng.cases.actors import reporter_of
from zhicheng.cases.api import Case, build_page, list_latest, loop_of
from zhicheng.cases.figures import Month, category_rows
from zhicheng.cases.guarding import facts_of
from zhicheng.cases.joining.models import CURRENT, Joint
from zhicheng.cases.kinds import kind_of
from zhicheng.cases.lists import with_current
from zhicheng.cases.queries import leading_of, proceedings_for
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import Grant, User, list_competent_bodies
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.notices.models import Notice
from zhicheng.ground.proceedings.api import (
    Proceeding,
    StepConflict,
    StepRefused,
    advance,
    list_history,
    proceeding_of,
)
from zhicheng.ground.search.api import matching

from .conftest import City
from .test_other_kinds import due_on, held, opened, staff

__all__ = ["opened"]
Open = Callable[..., Case]
HOUSING, MARKET = "housing_quality", "market_complaint"
TO_MARKET = {"kind": MARKET, "category": "no_refund", "reason": "买的是家电，不是房屋质量问题"}
TO_REPORT = {"kind": "market_report", "category": "no_refund", "reason": "只要求查处"}
A_DAY = timedelta(days=1)


def clerk_of(body: int | None, name: str, domain: str) -> User:
    """An account of a clerk of a body, narrowed to a domain if one is named."""
    user = User.objects.create(username=name, name=name, password="!", organization_id=body)
    Grant.objects.create(user=user, role=Role.CLERK, organization_id=body, domain=domain)
    return user


@pytest.fixture
def case(opened: Open, now: datetime) -> Case:
    return opened("housing.category", "leak", now, told={}, title="渗漏 · 荆河街道")


def take(case: Case, of: str, verb: str, role: Role, now: datetime, **data: Any) -> None:
    """Takes a step in the case's matter `of` a kind, as somebody of the body that holds it."""
    advance(proceeding=held(case, of).id, verb=verb, by=staff(case, of, role), now=now, data=data)


def refiled(case: Case, now: datetime, role: Role = Role.CLERK, **given: Any) -> Proceeding:
    take(case, HOUSING, "refile", role, now, **{**TO_MARKET, **given})
    return held(case, str({**TO_MARKET, **given}["kind"]))


def people_of(body: int | None, domain: Domain, role: Role = Role.CLERK) -> Actor:
    """Somebody of a body, competent for its whole county in one domain."""
    assert body is not None
    reach = Reach(role, frozenset({body}))
    return Actor(f"user:7{body}", str(role), (reach,), organization_id=body)


def test_whoever_says_what_it_is_about_has_not_handled_it(case: Case, city: City, now: datetime) -> None:
    """The hotline puts right what it wrote down, and is the one that calls back."""
    caller = city.staff(9, Role.CALLER)
    matter = held(case, HOUSING).id
    wanted: dict[str, Any] = {"category": "wall_crack", "reason": "来电人说是裂缝"}
    advance(proceeding=matter, verb="revise", by=caller, now=now, data=wanted)
    advance(proceeding=matter, verb="refile", by=caller, now=now, data=TO_MARKET)
    assert facts_of(case.pk)["handlers"] == frozenset()
    take(case, MARKET, "accept", Role.CLERK, now)
    assert facts_of(case.pk)["handlers"] == {staff(case, MARKET, Role.CLERK).key}


def test_a_corrected_category_is_the_cases_wherever_it_is_read(case: Case, city: City, now: datetime) -> None:
    take(case, HOUSING, "revise", Role.OFFICER, now, category="wall_crack", reason="现场看是裂缝")
    case.refresh_from_db()
    assert case.category is not None
    assert (case.category.code, case.title) == ("wall_crack", f"{case.category.zh} · 荆河街道")
    officer = city.staff(2, Role.OFFICER)
    rows = category_rows(officer, Month.of(now.date()))
    assert [(row.term.code, row.latest) for row in rows if row.term] == [("wall_crack", 1)]
    assert case.pk in set(matching("case", case.category.zh).values_list("subject_id", flat=True))
    assert held(case, HOUSING).state == "received"


def test_what_it_was_stands_in_the_history_and_in_the_ledger(case: Case, city: City, now: datetime) -> None:
    take(case, HOUSING, "revise", Role.OFFICER, now, category="wall_crack", reason="现场看是裂缝")
    with override("zh-hans"):
        for actor in (city.staff(2, Role.OFFICER), reporter_of(case)):
            happened = build_page(case=case, actor=actor, now=now).happenings[0]
            told = {detail.label: detail.text for detail in happened.details}
            assert (happened.what, told["原类别"], told["类别"]) == ("更正类别", "渗漏", "墙体裂缝")
            assert "现场看是裂缝" in told.values()
    entry = [one for one in list_entries(("case", case.id)) if one.act == "revise"][-1]
    assert read_body(entry)["data"] | {"reason": ""} == {
        "category_was": "leak", "category": "wall_crack", "reason": "",
    }  # fmt: skip


def test_a_title_that_somebody_worded_stays(opened: Open, now: datetime) -> None:
    case = opened("housing.category", "leak", now, told={}, title="三单元漏水")
    take(case, HOUSING, "revise", Role.CLERK, now, category="wall_crack", reason="是裂缝")
    case.refresh_from_db()
    assert case.title == "三单元漏水"


def test_a_correction_sent_twice_is_one(case: Case, now: datetime) -> None:
    sent: dict[str, Any] = {
        "proceeding": held(case, HOUSING).id, "verb": "revise", "by": staff(case, HOUSING, Role.CLERK), "now": now,
        "data": {"category": "wall_crack", "reason": "是裂缝"}, "expected_number": 1,
    }  # fmt: skip
    advance(**sent)
    with pytest.raises(StepConflict) as conflict:
        advance(**sent)
    assert conflict.value.repeated


@pytest.mark.parametrize("code", ["no_refund", "crane", "leak", "nonsense"])
def test_only_another_category_of_the_same_kind_is_a_correction(case: Case, now: datetime, code: str) -> None:
    with pytest.raises(StepRefused):
        take(case, HOUSING, "revise", Role.CLERK, now, category=code, reason="x")


def test_the_cause_that_an_order_named_is_corrected_and_the_old_one_kept(
    case: Case, city: City, now: datetime
) -> None:
    take(case, HOUSING, "accept", Role.CLERK, now)
    take(
        case, HOUSING, "order", Role.OFFICER, now, cause="workmanship", company=city.builder.id,
        due_on=now.date() + 20 * A_DAY, requirement="返工",
    )  # fmt: skip
    with pytest.raises(StepRefused, match="This is the cause already"):
        take(case, HOUSING, "revise_cause", Role.OFFICER, now, cause="workmanship", reason="x")
    take(case, HOUSING, "revise_cause", Role.OFFICER, now, cause="substandard", reason="检测报告")
    case.refresh_from_db()
    assert case.cause is not None
    assert case.cause.code == "substandard"
    corrected = [one for one in list_history(("case", case.id)) if one.verb == "revise_cause"][-1]
    assert (corrected.data["cause_was"], corrected.data["cause"]) == ("workmanship", "substandard")
    company = build_page(case=case, actor=city.company(city.builder), now=now)
    assert "检测报告" not in [detail.text for one in company.happenings for detail in one.details]
    assert held(case, HOUSING).state == "ordered"


def test_food_and_goods_are_categories_of_one_kind(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    take(case, MARKET, "revise", Role.CLERK, now, category="spoiled", reason="是食品")
    case.refresh_from_db()
    assert case.category is not None
    assert case.category.catalogue == "food.category"


def test_a_matter_becomes_one_of_another_kind_at_the_body_in_charge(case: Case, city: City, now: datetime) -> None:
    later = now + 3 * A_DAY
    before, number, secret = held(case, HOUSING), case.number, bytes(case.secret_hash or b"")
    fresh = refiled(case, later)
    case.refresh_from_db()
    assert (case.number, bytes(case.secret_hash or b"")) == (number, secret)
    assert case.category is not None
    assert case.category.code == "no_refund"
    ended = held(case, HOUSING)
    assert (ended.state, ended.ending, ended.holder_id) == ("refiled", "final", before.holder_id)
    assert (fresh.state, fresh.domain, fresh.opened_at) == ("received", "market", later)
    assert fresh.holder_id == list_competent_bodies(city.town.path, Domain.MARKET, later.date())[0]
    assert loop_of(case).state == "open"
    assert [one.id for one in list_latest(case)] == [ended.id, fresh.id]
    assert leading_of([loop_of(case), ended, fresh]).id == fresh.id


def test_what_came_from_another_law_has_its_own_limit_from_today(case: Case, now: datetime) -> None:
    later = now + 3 * A_DAY
    fresh = refiled(case, later)
    assert fresh.version == "2026-04-15"
    assert due_on(case, MARKET, "market.accept") == date(2026, 12, 7)
    assert not held(case, HOUSING).clocks.filter(ended_at__isnull=True).exists()


def test_what_the_body_had_received_keeps_its_day_under_another_name(opened: Open, now: datetime) -> None:
    """15 working days of a report from the 23rd of November, though it was a complaint until the 27th."""
    case = opened("market.category", "no_refund", now)
    later = now + 4 * A_DAY
    take(case, MARKET, "refile", Role.CLERK, later, **TO_REPORT)
    fresh = held(case, "market_report")
    assert (fresh.opened_at, fresh.clocks.get().started_at) == (later, now)
    assert due_on(case, "market_report", "market.verification") == date(2026, 12, 14)


def test_nobody_wins_time_by_sending_a_matter_away(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    take(case, MARKET, "refile", Role.CLERK, now + A_DAY, kind=HOUSING, category="leak", reason="房屋渗漏")
    take(case, HOUSING, "refile", Role.CLERK, now + 20 * A_DAY, **TO_REPORT)
    assert held(case, HOUSING).clocks.get().started_at == now + A_DAY
    take(case, "market_report", "refile", Role.CLERK, now + 21 * A_DAY, **TO_MARKET)
    assert due_on(case, MARKET, "market.accept") == date(2026, 12, 2), "late on the day on which it came back"


def test_the_day_of_the_first_receipt_outlives_a_distribution(opened: Open, city: City, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    county, above = list_competent_bodies(city.town.path, Domain.MARKET, now.date())[:2]
    take(case, MARKET, "transfer", Role.CLERK, now + A_DAY, body=above, why="to_superior")
    take(case, MARKET, "refile", Role.CLERK, now + 2 * A_DAY, **TO_REPORT)
    fresh = held(case, "market_report")
    assert (fresh.holder_id, fresh.clocks.get().started_at) == (county, now)


def test_a_limit_that_counts_from_before_is_paused_and_lengthened_from_there(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    take(case, MARKET, "refile", Role.CLERK, now + A_DAY, **TO_REPORT)
    report, later = "market_report", now + 2 * A_DAY
    take(case, report, "investigate", Role.CLERK, later)
    take(case, report, "request_extend", Role.OFFICER, later, reason="案情复杂")
    take(case, report, "extend", Role.LEADER, later)
    assert due_on(case, report, "market.verification") == date(2027, 1, 5)


def test_whoever_has_to_act_at_the_new_body_is_told_and_nobody_at_the_old_one(case: Case, now: datetime) -> None:
    fresh_body = list_competent_bodies(case.area.path, Domain.MARKET, now.date())[0]
    old, new, narrowed = (
        clerk_of(body, name, domain)
        for body, name, domain in (
            (held(case, HOUSING).holder_id, "old", ""), (fresh_body, "new", ""), (fresh_body, "market", "market"),
        )
    )  # fmt: skip
    refiled(case, now)
    told = Notice.objects.filter(recipient_kind="user", subject_id=case.id)
    assert set(told.values_list("recipient_id", "template")) == {
        (new.pk, "matter_yours"), (narrowed.pk, "matter_yours"),
    }  # fmt: skip
    assert old.pk not in told.values_list("recipient_id", flat=True)
    assert told.filter(recipient_id=new.pk)[0].params["due"] == "2026-12-02"


def test_the_hotline_does_not_take_away_what_a_body_has_taken_up(case: Case, city: City, now: datetime) -> None:
    take(case, HOUSING, "accept", Role.CLERK, now)
    caller = city.staff(8, Role.CALLER)
    with pytest.raises(StepRefused):
        advance(proceeding=held(case, HOUSING).id, verb="refile", by=caller, now=now, data=TO_MARKET)
    assert refiled(case, now, Role.OFFICER).state == "received"


def test_the_old_body_sees_what_it_did_and_not_what_follows(case: Case, now: datetime) -> None:
    old = held(case, HOUSING)
    fresh = refiled(case, now)
    before, after = people_of(old.holder_id, Domain.HOUSING), people_of(fresh.holder_id, Domain.MARKET)
    take(case, MARKET, "accept", Role.CLERK, now)
    assert [one.kind for one in proceedings_for(case, before)] == ["case", HOUSING]
    assert [one.kind for one in proceedings_for(case, after)] == ["case", MARKET]
    assert Case.objects.visible_to(after).filter(pk=case.pk).exists()
    seen = build_page(case=case, actor=before, now=now)
    assert {one.process for one in seen.happenings} == {gettext("Housing quality complaint")}
    assert not seen.offers
    (row,) = with_current([case], before)
    assert seen.body == row.holder == gettext("Another body: the matter is of another kind")
    (row,) = with_current([case], after)
    assert fresh.holder is not None
    assert build_page(case=case, actor=reporter_of(case), now=now).body == row.holder == fresh.holder.name


def test_the_new_body_reads_why_it_came_and_nothing_else_of_what_was_before(case: Case, now: datetime) -> None:
    take(case, HOUSING, "note", Role.CLERK, now, note="内部备注")
    fresh = refiled(case, now)
    after = people_of(fresh.holder_id, Domain.MARKET)
    happened = build_page(case=case, actor=after, now=now).happenings
    assert [one.process for one in happened] == [gettext("Market complaint"), gettext("Housing quality complaint")]
    texts = [detail.text for one in happened for detail in one.details]
    assert TO_MARKET["reason"] in texts
    assert "内部备注" not in texts


def test_the_reporter_is_told_and_follows_it_in_the_same_case(case: Case, now: datetime) -> None:
    refiled(case, now)
    told = Notice.objects.filter(recipient_kind="contact", recipient_id=case.reporter_id, step="refile")
    assert told.exists()
    page = build_page(case=case, actor=reporter_of(case), now=now)
    way = {track.label: [one.label for one in track.milestones] for track in page.tracks}
    with override("zh-hans"):
        page = build_page(case=case, actor=reporter_of(case), now=now)
        assert "已转为其他类型事项办理" in [one.label for one in page.tracks[0].milestones]
    assert len(way) == 3
    reasons = [detail.text for one in page.happenings for detail in one.details]
    assert TO_MARKET["reason"] in reasons


def test_what_the_reporter_asks_for_goes_with_it(case: Case, now: datetime) -> None:
    refiled(case, now, demand="退货并退款")
    opening = next(one for one in list_history(("case", case.id)) if one.proceeding_id == held(case, MARKET).id)
    assert set(opening.data) == {"holder", "refiles", "demand"}
    page = build_page(case=case, actor=reporter_of(case), now=now)
    assert [d.text for one in page.happenings for d in one.details].count("退货并退款") == 2


def test_what_was_asked_for_first_is_still_asked_for(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now, told={"demand": "退团费", "bought_on": date(2026, 11, 2)})
    take(
        case, MARKET, "refile", Role.CLERK, now, kind="tourism_complaint", category="forced_shopping",
        reason="旅行社的事",
    )  # fmt: skip
    opening = next(one for one in list_history(("case", case.id)) if one.proceeding.kind == "tourism_complaint")
    assert set(opening.data) == {"holder", "refiles", "demand"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": "crane"}, "category"),
        ({"category": "leak"}, "category"),
        ({"kind": HOUSING}, "kind"),
        ({"kind": ""}, "kind"),
        ({"category": ""}, "category"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_changes_nothing(
    case: Case, now: datetime, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(StepRefused) as refused:
        refiled(case, now, **given)
    assert field in {one.field for one in refused.value.refusals}
    case.refresh_from_db()
    assert case.category is not None
    assert (case.category.code, held(case, HOUSING).state) == ("leak", "received")
    assert proceeding_of(("case", case.id), MARKET) is None


def test_where_nobody_is_competent_nothing_is_re_filed(
    case: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhicheng.cases.services.list_competent_bodies", lambda area, domain, on: [])
    with pytest.raises(Refused, match="No body is competent"):
        refiled(case, now)
    assert held(case, HOUSING).state == "received"


def test_a_complaint_does_not_become_a_report_that_is_in_hand(opened: Open, now: datetime) -> None:
    both = (kind_of(MARKET), kind_of("market_report"))
    case = opened("market.category", "no_refund", now, both)
    with pytest.raises(StepRefused, match="in hand in this case already"):
        take(
            case, MARKET, "refile", Role.CLERK, now, kind="market_report", category="no_refund",
            reason="只要求查处",
        )  # fmt: skip


def test_the_same_category_may_be_another_kind(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    take(case, MARKET, "refile", Role.CLERK, now, kind="market_report", category="no_refund", reason="只要求查处")
    assert held(case, "market_report").state == "received"


def test_what_is_reopened_begins_as_what_it_became(case: Case, city: City, now: datetime) -> None:
    refiled(case, now)
    take(case, MARKET, "reject", Role.CLERK, now, ground="no_power", reason="不属于职责")
    loop = loop_of(case).id
    advance(proceeding=loop, verb="call", by=city.staff(8, Role.CALLER), now=now, data={"outcome": "satisfied"})
    advance(proceeding=loop, verb="reopen", by=reporter_of(case), now=now, data={"reason": "还是没退"})
    assert held(case, HOUSING).state == "refiled"
    assert held(case, MARKET).state == "received"


def test_it_can_be_re_filed_back(case: Case, now: datetime) -> None:
    first = held(case, HOUSING).id
    refiled(case, now)
    take(case, MARKET, "refile", Role.OFFICER, now, kind=HOUSING, category="leak", reason="确是房屋渗漏")
    assert held(case, HOUSING).id != first
    assert (held(case, HOUSING).state, held(case, MARKET).state) == ("received", "refiled")


def test_whoever_followed_it_comes_back_by_itself(opened: Open, now: datetime) -> None:
    first = opened("housing.category", "leak", now, told={})
    second = opened("housing.category", "leak", now + A_DAY, told={})
    take(second, HOUSING, "follow", Role.CLERK, now + A_DAY, leading=first.number)
    refiled(first, now + A_DAY)
    assert held(second, HOUSING).state == "accepted"
    assert not Joint.objects.filter(CURRENT).exists()


def test_what_is_of_another_kind_is_not_handled_together_any_more(opened: Open, now: datetime) -> None:
    first, second = (opened("market.category", "no_refund", now + one * A_DAY) for one in (0, 1))
    take(second, MARKET, "join", Role.CLERK, now + A_DAY, leading=first.number)
    take(
        second, MARKET, "refile", Role.CLERK, now + A_DAY, kind="hazard", category="crane", reason="塔吊有隐患",
    )  # fmt: skip
    assert not Joint.objects.filter(CURRENT).exists()
    assert "case.parted" in [one.act for one in list_entries(("case", first.id))]
