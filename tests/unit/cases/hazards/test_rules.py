"""Hazards: removed on the spot or by a day, postponed, stopped, pursued, and never ended while still there."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.cases.playing import FACTS, STAFF, Play
from zhicheng.cases.hazards.rules import HAZARDS, STANDING
from zhicheng.core.access import Role
from zhicheng.core.process import Context, Effect, Taken, available

CHECKED = {"company": 7, "checked_on": date(2026, 5, 11), "finding": "rails are loose"}
ORDER = {**CHECKED, "level": "ordinary", "due_on": date(2026, 5, 20), "requirement": "rails", "site_photos": ["p"]}
STOP = {**CHECKED, "stop": "the hoist"}
VERIFIED = {"checked_on": date(2026, 5, 11), "finding": "rails are up"}


def checking() -> Play:
    return Play(HAZARDS).take("accept", Role.CLERK)


def ordered() -> Play:
    return checking().take("order", Role.OFFICER, **ORDER)


def overdue() -> Play:
    play = ordered()
    play.on += timedelta(days=20)
    return play.take("overrun", Role.SYSTEM)


def stopped() -> Play:
    return checking().take("stop", Role.OFFICER, **STOP)


def test_what_is_removed_on_the_spot_ends_there() -> None:
    given_ = {**CHECKED, "level": "ordinary", "requirement": "cable off the floor", "site_photos": ["a", "b"]}
    assert checking().take("remedy", Role.OFFICER, **given_).state == "verified"
    remedy, order = (HAZARDS.step("checking", verb) for verb in ("remedy", "order"))
    assert remedy is not None
    assert order is not None
    asked = [next(need.label for need in step.needs if need.key == "requirement") for step in (remedy, order)]
    assert asked == ["What was done on the spot", "What has to be done"]


def test_an_order_is_obeyed_and_verified() -> None:
    play = ordered()
    assert play.limits() == {"due_on"}
    play.take("prove", Role.COMPANY, evidence=["p"])
    assert play.limits() == {"hazards.verify"}
    assert play.take("verify", Role.OFFICER, **VERIFIED).state == "verified"


def test_what_is_not_removed_goes_back_with_a_new_day() -> None:
    play = ordered().take("prove", Role.COMPANY, evidence=["p"])
    assert play.take("refuse", Role.OFFICER, reason="still loose", due_on=date(2026, 6, 1)).state == "ordered"


def test_a_later_day_is_asked_for_by_the_company_and_given_by_a_leader() -> None:
    play = ordered().take("ask_time", Role.COMPANY, reason="steel is late")
    assert "postpone" not in play.offered(Role.OFFICER) | play.offered(Role.COMPANY)
    assert play.take("postpone", Role.LEADER, due_on=date(2026, 6, 1), reason="granted").state == "ordered"
    assert overdue().take("postpone", Role.LEADER, due_on=date(2026, 7, 1), reason="rain").state == "ordered"


def test_the_day_passes_and_somebody_has_to_escalate() -> None:
    play = ordered()
    assert play.automatic() == {"overrun"}
    play = overdue()
    assert play.limits() == {"hazards.escalate"}
    assert {"stop", "request_pursue", "verify"} <= play.offered(Role.OFFICER)


@pytest.mark.parametrize("play", [checking, ordered, overdue], ids=["checking", "ordered", "overdue"])
def test_work_is_stopped_and_resumes_only_with_a_leaders_approval(play: Any) -> None:
    stopped_ = play().take("stop", Role.OFFICER, **STOP)
    assert {"verify", "release"}.isdisjoint(stopped_.offered(Role.OFFICER))
    stopped_.take("apply", Role.COMPANY, evidence=["p"])
    assert "release" not in stopped_.offered(Role.OFFICER)
    assert stopped_.said("request_release", Role.OFFICER, **{**VERIFIED, "checked_on": date(1990, 1, 1)})
    stopped_.take("request_release", Role.OFFICER, **{**VERIFIED, "checked_on": stopped_.on})
    assert stopped_.take("release", Role.LEADER).state == "verified"


def test_a_stop_stands_until_it_is_really_gone() -> None:
    play = stopped().take("apply", Role.COMPANY, evidence=["p"])
    assert play.take("uphold", Role.OFFICER, reason="no").state == "stopped"


def test_a_referral_for_a_penalty_ends_nothing_and_lifts_no_stop() -> None:
    referral = {"authority": "emergency management bureau", "reason": "no reaction"}
    play = overdue().take("request_pursue", Role.OFFICER, **referral).take("pursue", Role.LEADER)
    assert (play.state, play.ended) == ("pursued", False)
    assert play.take("verify", Role.OFFICER, **VERIFIED).ended
    still = stopped().take("request_pursue", Role.OFFICER, **referral).take("pursue", Role.LEADER)
    assert still.state == "stopped"


def test_while_a_stop_or_a_referral_lasts_somebody_looks_again_in_time() -> None:
    referral = {"authority": "emergency management bureau", "reason": "no reaction"}
    pursued = overdue().take("request_pursue", Role.OFFICER, **referral).take("pursue", Role.LEADER)
    for play in (stopped(), pursued):
        state = play.state
        assert play.limits() == {"hazards.follow_up"}
        assert "look_again" not in play.offered(Role.COMPANY) | play.offered(Role.REPORTER)
        assert play.refused_field("look_again", Role.OFFICER, **VERIFIED | {"checked_on": date(1990, 1, 1)})
        seen = {"checked_on": play.on, "finding": "still loose", "site_photos": ["p"]}
        assert play.take("look_again", Role.OFFICER, **seen).state == state
        step = HAZARDS.step(state, "look_again")
        assert step is not None
        assert step.effects == {Effect.RESTART}


def test_an_order_is_withdrawn_with_a_reason_and_a_leaders_approval() -> None:
    for play in (ordered(), overdue(), stopped()):
        play.take("request_revoke", Role.OFFICER, why="hz_ceased", reason="torn down")
        assert play.take("revoke", Role.LEADER).state == "withdrawn"


def test_what_is_no_hazard_is_rejected_or_dismissed() -> None:
    assert Play(HAZARDS).take("reject", Role.CLERK, ground="hz_unclear", reason="where?").ended
    play = checking().take("request_dismiss", Role.OFFICER, **VERIFIED)
    assert play.take("dismiss", Role.LEADER).state == "unfounded"


def test_the_reporter_cannot_end_it() -> None:
    play = ordered().take("disown", Role.REPORTER, reason="looks fine")
    assert play.state == "ordered"
    assert {step.verb for step in HAZARDS.steps if Role.REPORTER in step.roles} == {"disown"}


def test_whoever_has_to_act_is_let_in() -> None:
    assert {step.verb for step in HAZARDS.steps if Effect.INVITE in step.effects} == {"remedy", "order", "stop"}


@given(data=st.data())
def test_an_order_stands_until_it_is_verified_or_withdrawn(data: st.DataObject) -> None:
    """No walk through the table ends with an order that nobody verified or withdrew."""
    history = [Taken("open", "reporter:1", Play(HAZARDS).now, {}, "reported")]
    standing = {state.key for state in STANDING}
    for _ in range(data.draw(st.integers(1, 25))):
        actor = data.draw(st.sampled_from(sorted(STAFF.values())))
        context = Context(history[0].at, actor, history[-1].to, tuple(history), dict(FACTS))
        offered = available(HAZARDS, context, frozenset(Role))
        if not offered:
            break
        step = data.draw(st.sampled_from(offered))
        before, after = history[-1].to, step.target_from(history[-1].to)
        if before in standing and HAZARDS.state(after).ending == "final":
            assert step.verb in {"verify", "release", "revoke"}
        history.append(Taken(step.verb, actor, history[0].at, {"body": 2}, after))
