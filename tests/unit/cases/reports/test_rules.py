"""Market reports: verified, filed or not, and told as the order in force has it; never shown to a company."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from unit.cases.playing import FACTS, Play
from zhicheng.cases.reports.rules import LEAD_OF, MARKET_REPORTS
from zhicheng.core.access import Role
from zhicheng.core.process import Effect, Process

OLD, NEW = MARKET_REPORTS
EVERY = pytest.mark.parametrize("table", MARKET_REPORTS, ids=["order 20", "order 121"])
TOLD = {"told_on": date(2026, 5, 11), "told_by": "telephone"}


def verifying(table: Process, *, named: bool = True) -> Play:
    return Play(table, facts=FACTS | {"can_be_told": named}).take("investigate", Role.CLERK)


def decided(table: Process, verb: str, *, named: bool = True) -> Play:
    given: dict[str, Any] = {"breach": "sold expired food"}
    if verb == "drop":
        given = {"ground": "minor", "reason": "corrected at once"}
    return verifying(table, named=named).take(f"request_{verb}", Role.OFFICER, **given).take(verb, Role.LEADER)


@EVERY
@pytest.mark.parametrize(("verb", "ending"), [("file", "filed"), ("drop", "not_filed")])
def test_a_leader_decides_and_the_named_reporter_is_told(table: Process, verb: str, ending: str) -> None:
    play = decided(table, verb)
    assert not play.ended
    given = TOLD | ({"basis": "食品安全法第一百一十五条"} if table is NEW else {})
    assert play.take("tell", Role.OFFICER, **given).state == ending


@EVERY
@pytest.mark.parametrize("verb", ["file", "drop"])
def test_nobody_was_told_before_it_was_decided(table: Process, verb: str) -> None:
    given = TOLD | {"told_on": date(2026, 5, 10)} | ({"basis": "x"} if table is NEW else {})
    assert decided(table, verb).said("tell", Role.OFFICER, **given) == "This cannot have been before 2026-05-11."
    assert decided(table, verb).refused_field("tell", Role.OFFICER, **given) == "told_on"


@pytest.mark.parametrize(("verb", "ending"), [("file", "filed"), ("drop", "not_filed")])
def test_under_order_20_a_named_reporter_has_to_be_told_and_an_anonymous_one_cannot(
    verb: str, ending: str
) -> None:
    named = decided(OLD, verb)
    assert named.limits() == {"market.reporter_told"}
    assert (named.said("tell", Role.CLERK, **TOLD), named.said("close", Role.CLERK) is None) == (None, False)
    anonymous = decided(OLD, verb, named=False)
    assert anonymous.said("tell", Role.CLERK, **TOLD) == "The report is anonymous: nobody can be told."
    assert anonymous.take("close", Role.CLERK).state == ending


@EVERY
@pytest.mark.parametrize("verb", ["file", "drop"])
def test_what_the_body_noticed_itself_has_no_reporter_to_tell(table: Process, verb: str) -> None:
    """Whoever complained of something else did not report it, and is sent no result of a report."""
    play = decided(table, verb)
    play.history[0] = replace(play.history[0], data={"holder": 1, LEAD_OF: 7})
    law = {"basis": "x"} if table is NEW else {}
    assert "nobody reported it" in str(play.said("tell", Role.CLERK, **TOLD, **law))
    assert play.take("close", Role.CLERK, **({"reason": "nobody reported"} if table is NEW else {})).ended


@pytest.mark.parametrize("verb", ["file", "drop"])
def test_under_order_121_the_result_is_told_where_a_provision_says_so(verb: str) -> None:
    play = decided(NEW, verb)
    assert play.limits() == {"market.result_told"}
    assert play.said("tell", Role.CLERK, **TOLD, basis="广告法第五十三条") is None
    assert play.said("close", Role.CLERK, reason="no provision") is None
    assert decided(NEW, verb, named=False).said("tell", Role.CLERK, **TOLD, basis="x") is not None


@EVERY
def test_nobody_files_alone(table: Process) -> None:
    play = verifying(table)
    assert {"file", "drop"}.isdisjoint(play.offered(Role.OFFICER) | play.offered(Role.LEADER))
    play.take("request_file", Role.OFFICER, breach="x")
    assert play.take("decline_file", Role.LEADER, reason="too thin").state == "verifying"


@EVERY
def test_verification_runs_from_receipt_is_extended_by_a_leader_and_stands_for_testing(table: Process) -> None:
    play = Play(table)
    assert play.limits() == {"market.verification"}
    play.take("investigate", Role.OFFICER).take("request_extend", Role.OFFICER, reason="laboratory")
    play.take("extend", Role.LEADER).take("test", Role.OFFICER, laboratory="city", what_tested="alcohol")
    assert play.limits() == {"market.verification"}
    assert play.take("resume", Role.OFFICER, result="42 %").state == "verifying"
    effects = {step.verb: step.effects for step in table.steps if step.effects}
    assert (effects["extend"], effects["test"], effects["resume"]) == (
        {Effect.EXTEND}, {Effect.PAUSE}, {Effect.RESUME},
    )  # fmt: skip


@EVERY
def test_only_under_order_121_do_new_facts_start_the_time_anew(table: Process) -> None:
    play = verifying(table).take("supplement", Role.REPORTER, content="and a second shop")
    assert play.state == "verifying"
    step = table.step("verifying", "supplement")
    assert step is not None
    assert (Effect.RESTART in step.effects) is (table is NEW)


@EVERY
def test_a_report_cannot_be_taken_back(table: Process) -> None:
    play = verifying(table).take("disown", Role.REPORTER, reason="we made peace")
    assert (play.state, play.ended) == ("verifying", False)
    assert not [step.verb for step in table.steps if Role.REPORTER in step.roles and step.move.target]


@EVERY
def test_neither_reporter_nor_course_is_disclosed_to_a_company(table: Process) -> None:
    for step in table.steps:
        assert Role.COMPANY not in step.roles, step.verb
        assert Role.COMPANY not in step.notify, step.verb
        assert Effect.INVITE not in step.effects, step.verb
        assert "company" not in {need.key for need in step.needs}, step.verb


@EVERY
def test_what_was_reported_before_is_merged_and_what_is_not_ours_is_answered(table: Process) -> None:
    for play in (Play(table), verifying(table)):
        assert play.take("merge", Role.OFFICER, earlier="JB-3708-2026-000001").state == "merged"
    for play in (Play(table), verifying(table)):
        assert play.take("redirect", Role.CLERK, in_charge="the tax bureau").state == "redirected"


@EVERY
def test_reports_are_distributed_like_complaints(table: Process) -> None:
    play = Play(table).take("transfer", Role.CLERK, body=2, why="other_area")
    assert play.said("transfer", Role.CLERK, body=3, why="other_area") is not None
    play.take("contest", Role.OFFICER, body=1, reason="not here")
    assert play.limits() == {"market.verification", "market.jurisdiction"}
    assert play.take("keep", Role.LEADER).take("investigate", Role.CLERK).state == "verifying"
