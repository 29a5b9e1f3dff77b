"""Agricultural products: checked, tested, re-tested within the law's hours and days, corrected or referred."""

from datetime import date

import pytest

from unit.cases.playing import Play
from zhicheng.cases.agriculture.rules import AGRICULTURE
from zhicheng.core.access import Role
from zhicheng.core.process import Effect

SAMPLED = {"company": 7, "sample": "leeks, batch 3, S-17"}
SENT = {**SAMPLED, "laboratory": "city laboratory"}
ORDER = {"company": 7, "checked_on": date(2026, 5, 11), "finding": "no certificate",
         "due_on": date(2026, 5, 20), "requirement": "destroy"}  # fmt: skip
VERIFIED = {"checked_on": date(2026, 5, 11), "finding": "destroyed"}


def checking() -> Play:
    return Play(AGRICULTURE).take("accept", Role.CLERK)


def failed() -> Play:
    play = checking().take("test", Role.OFFICER, **SENT).take("fail", Role.OFFICER, items="procymidone")
    return play.take("stand", Role.SYSTEM)


def test_a_product_that_conforms_is_unfounded_with_a_leaders_approval() -> None:
    play = checking().take("test_rapidly", Role.OFFICER, **SAMPLED)
    assert play.limits() == {"agriculture.check"}
    play.take("pass", Role.OFFICER, items="nothing found").take("request_dismiss", Role.OFFICER, **VERIFIED)
    assert play.take("dismiss", Role.LEADER).state == "unfounded"


@pytest.mark.parametrize(
    ("verb", "given", "limit"),
    [("test_rapidly", SAMPLED, "agriculture.retest_rapid"), ("test", SENT, "agriculture.retest")],
)
def test_whoever_is_tested_may_ask_for_a_re_test(verb: str, given: dict[str, object], limit: str) -> None:
    play = checking().take(verb, Role.OFFICER, **given).take("fail", Role.OFFICER, items="x")
    assert (play.limits(), play.automatic()) == ({limit}, {"stand"})
    play.take("contest", Role.COMPANY, reason="not ours")
    assert play.limits() == {"agriculture.retest_report"}
    assert play.take("confirm", Role.OFFICER, laboratory="province", items="x").state == "failed"


def test_a_re_test_that_conforms_clears_the_product() -> None:
    play = checking().take("test", Role.OFFICER, **SENT).take("fail", Role.OFFICER, items="x")
    play.take("contest", Role.OFFICER, reason="asked on paper").take("pass", Role.OFFICER, items="clean")
    assert (play.state, play.limits()) == ("checking", {"agriculture.check"})


def test_a_re_test_is_no_rapid_test() -> None:
    step = AGRICULTURE.step("retesting", "confirm")
    assert step is not None
    assert "laboratory" in {need.key for need in step.needs}
    assert AGRICULTURE.step("rapid_failed", "contest").target_from("rapid_failed") == "retesting"  # type: ignore[union-attr]


def test_a_result_that_nobody_contests_stands_and_is_decided_on() -> None:
    play = failed()
    assert play.limits() == {"agriculture.decide"}
    play.take("request_refer", Role.OFFICER, violation="§36")
    assert play.take("refer", Role.LEADER).state == "referred"


def test_correction_is_ordered_proved_and_verified() -> None:
    play = failed().take("order", Role.OFFICER, **ORDER)
    assert play.limits() == {"due_on"}
    play.take("prove", Role.COMPANY, evidence=["p"]).take(
        "refuse", Role.OFFICER, reason="half", due_on=date(2026, 6, 1)
    )
    play.take("prove", Role.COMPANY, evidence=["p"])
    assert play.take("verify", Role.OFFICER, **VERIFIED).state == "verified"


def test_a_farmer_without_account_is_verified_without_a_report() -> None:
    assert checking().take("order", Role.OFFICER, **ORDER).take("verify", Role.OFFICER, **VERIFIED).ended


def test_an_order_is_postponed_or_withdrawn_by_a_leader() -> None:
    play = checking().take("order", Role.OFFICER, **ORDER)
    play.take("postpone", Role.LEADER, due_on=date(2026, 6, 10), reason="rain")
    play.take("request_revoke", Role.OFFICER, why="ag_ceased", reason="gave up the stall")
    assert play.take("revoke", Role.LEADER).state == "withdrawn"


def test_what_is_anothers_duty_is_passed_on_with_the_article() -> None:
    step = AGRICULTURE.step("received", "transfer")
    assert step is not None
    assert "第五十六条第二款" in step.citation
    assert Role.REPORTER in step.notify
    assert Play(AGRICULTURE).take("transfer", Role.CLERK, body=2, why="other_domain").state == "received"


def test_it_is_withdrawn_only_before_it_is_accepted() -> None:
    assert Play(AGRICULTURE).take("retract", Role.REPORTER, reason="x").state == "withdrawn"
    assert checking().take("disown", Role.REPORTER, reason="x").state == "checking"


def test_testing_stops_the_time_and_only_a_conforming_first_test_lets_it_run_on() -> None:
    effects = {
        (step.verb, step.move.sources[0].key): set(step.effects) for step in AGRICULTURE.steps if step.effects
    }
    assert effects["test", "checking"] == effects["test_rapidly", "checking"] == {Effect.PAUSE, Effect.INVITE}
    assert effects["pass", "rapid"] == {Effect.RESUME}
    assert ("pass", "retesting") not in effects
