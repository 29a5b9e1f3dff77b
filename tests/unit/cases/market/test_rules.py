"""Market complaints: every way through both tables, and what each guard refuses."""

from datetime import date, timedelta
from typing import Any

import pytest

from unit.cases.playing import Play
from zhicheng.cases.market.rules import CATEGORIES, MARKET_COMPLAINTS
from zhicheng.core.access import Role
from zhicheng.core.process import Effect, Process

OLD, NEW = MARKET_COMPLAINTS
EVERY = pytest.mark.parametrize("table", MARKET_COMPLAINTS, ids=["order 20", "order 121"])
CALL = {"mode": "on_site", "mediated_on": date(2026, 5, 20), "place": "9:00, hall", "mediator": "Wang"}
AGREEMENT = {"agreement": "refund"}


def asking(table: Process, until: date) -> dict[str, Any]:
    given: dict[str, Any] = {"asked_until": until, "missing": "identity card"}
    return given | ({"asked_for": "identity"} if table is NEW else {})


def accepted(table: Process) -> Play:
    return Play(table).take("accept", Role.CLERK)


def mediating(table: Process) -> Play:
    return accepted(table).take("arrange", Role.OFFICER, **CALL)


def lapsed(table: Process) -> Play:
    play = mediating(table)
    play.on += timedelta(days=90)
    return play.take("lapse", Role.SYSTEM)


@EVERY
def test_it_is_mediated_to_an_agreement(table: Process) -> None:
    play = mediating(table).take("agree", Role.OFFICER, agreed_on=date(2026, 5, 11), **AGREEMENT)
    assert (play.state, play.ended) == ("settled", True)


@EVERY
@pytest.mark.parametrize("why", ["fulfilled", "waived"])
def test_what_is_fulfilled_at_once_needs_no_paper(table: Process, why: str) -> None:
    """Order 20 §22, Order 121 §24: no paper if it is fulfilled at once or both parties do without."""
    play = mediating(table).take("settle", Role.OFFICER, agreed_on=date(2026, 5, 11), paper=why, **AGREEMENT)
    assert play.state == "settled"
    assert {step.verb: step.form for step in table.steps if step.verb in ("agree", "settle")} == {
        "agree": "market_agreement", "settle": "",
    }  # fmt: skip


@EVERY
@pytest.mark.parametrize(("verb", "given"), [("agree", {}), ("settle", {"paper": "waived"})])
def test_nothing_was_agreed_before_the_complaint(table: Process, verb: str, given: dict[str, str]) -> None:
    told = {"agreed_on": date(1990, 1, 1), **given, **AGREEMENT}
    assert mediating(table).said(verb, Role.OFFICER, **told) == "This cannot have been before 2026-05-11."
    assert mediating(table).refused_field(verb, Role.OFFICER, **told) == "agreed_on"


@EVERY
def test_an_agreement_needs_no_meeting(table: Process) -> None:
    assert accepted(table).take("agree", Role.OFFICER, agreed_on=date(2026, 5, 11), **AGREEMENT).ended


@EVERY
@pytest.mark.parametrize("by", [Role.CLERK, Role.OFFICER])
def test_it_is_rejected_with_a_ground(table: Process, by: Role) -> None:
    play = Play(table)
    assert "market.accept" in play.limits()
    assert play.take("reject", by, ground="too_late", reason="2019").state == "rejected"


@EVERY
def test_the_ground_is_one_of_the_order_it_was_opened_under(table: Process) -> None:
    catalogues = {
        need.catalogue
        for step in table.steps
        for need in step.needs
        if need.catalogue.startswith("market.") and need.catalogue not in CATEGORIES
    }
    ending = ".order20" if table is OLD else ""
    assert catalogues == {f"market.rejection{ending}", f"market.mediation_end{ending}"}


@EVERY
def test_time_for_deciding_goes_on_while_materials_are_awaited(table: Process) -> None:
    play = Play(table).take("ask", Role.CLERK, **asking(table, date(2026, 5, 15)))
    assert (play.state, play.limits()) == ("awaiting", {"market.accept", "asked_until"})
    assert play.take("supply", Role.REPORTER, content="card").state == "received"


@EVERY
def test_what_is_not_handed_in_returns_by_itself_and_may_then_be_rejected(table: Process) -> None:
    play = Play(table).take("ask", Role.CLERK, **asking(table, date(2026, 5, 15)))
    assert play.automatic() == {"miss"}
    early = play.said("reject", Role.CLERK, ground="materials", reason="none")
    assert early is not None
    assert "2026-05-15" in early
    assert play.refused_field("reject", Role.CLERK, ground="materials", reason="none") == "ground"
    play.on = date(2026, 5, 15)
    assert play.said("reject", Role.CLERK, ground="materials", reason="none") is not None
    play.on = date(2026, 5, 16)
    assert play.said("reject", Role.CLERK, ground="materials", reason="none") is None
    assert play.take("miss", Role.SYSTEM).take("reject", Role.CLERK, ground="materials", reason="none").ended


@EVERY
def test_whoever_refuses_to_be_identified_is_not_waited_for(table: Process) -> None:
    play = Play(table).take("ask", Role.CLERK, **asking(table, date(2026, 5, 15)))
    assert play.said("reject", Role.CLERK, ground="identity", reason="refused") is None
    assert play.said("accept", Role.CLERK) is None


def test_only_order_121_checks_identity() -> None:
    forms = {table: table.step("received", "ask") for table in MARKET_COMPLAINTS}
    assert {table.version: step.form for table, step in forms.items() if step} == {
        OLD.version: "", NEW.version: "market_identity_request",
    }  # fmt: skip


@EVERY
def test_testing_stops_the_time_and_the_result_lets_it_run_on(table: Process) -> None:
    tested = {"chosen_by": "agreed", "laboratory": "city laboratory", "what_tested": "gold content"}
    play = mediating(table).take("test", Role.OFFICER, **tested)
    assert play.limits() == {"market.mediation"}
    assert play.automatic() == set()
    assert play.take("resume", Role.OFFICER, result="18 K").state == "mediating"
    effects = {step.verb: step.effects for step in table.steps if step.verb in ("test", "resume")}
    assert effects == {"test": {Effect.PAUSE}, "resume": {Effect.RESUME}}


def test_only_order_121_lets_the_administration_name_the_laboratory() -> None:
    offered = {
        table.version: [code for need in table.step("mediating", "test").needs for code, _ in need.choices]  # type: ignore[union-attr]
        for table in MARKET_COMPLAINTS
    }
    assert offered == {OLD.version: ["agreed"], NEW.version: ["agreed", "designated"]}


@EVERY
@pytest.mark.parametrize("by", [Role.REPORTER, Role.COMPANY, Role.OFFICER])
def test_a_challenge_stops_the_mediation_until_a_leader_has_decided(table: Process, by: Role) -> None:
    play = mediating(table).take("challenge", by, reason="cousins")
    assert play.offered(Role.OFFICER).isdisjoint({"agree", "arrange", "test"})
    assert {"replace", "confirm"} <= play.offered(Role.LEADER)
    assert play.limits() == {"market.mediation"}
    assert play.take("replace", Role.LEADER, mediator="Zhao").state == "mediating"
    assert (
        play.take("challenge", by, reason="again").take("confirm", Role.LEADER, reason="no").state == "mediating"
    )


@EVERY
def test_mediation_ends_by_a_decision_that_both_parties_are_told(table: Process) -> None:
    play = mediating(table).take("terminate", Role.OFFICER, ground="no_agreement", reason="too far apart")
    assert (play.state, play.limits()) == ("terminated", {"market.mediation_notice"})
    assert not play.ended
    early = {"told_on": date(2026, 5, 10), "told_by": "letter"}
    assert play.said("tell", Role.OFFICER, **early) == "This cannot have been before 2026-05-11."
    assert play.take("tell", Role.OFFICER, told_on=date(2026, 5, 11), told_by="letter").state == "ended"


@EVERY
def test_the_passing_of_time_leaves_nothing_but_the_decision(table: Process) -> None:
    play = lapsed(table)
    assert play.state == "closing"
    assert play.limits() == {"market.closing"}
    assert play.offered(Role.OFFICER) == {
        "agree", "settle", "terminate", "lead", "note", "revise",
        *(("request_report_fraud",) if table is NEW else ()),
    }  # fmt: skip
    assert play.take("terminate", Role.OFFICER, ground="time_over", reason="60 days").state == "terminated"


@EVERY
def test_time_is_no_ground_before_it_has_passed(table: Process) -> None:
    for play in (accepted(table), mediating(table)):
        assert play.said("terminate", Role.OFFICER, ground="time_over", reason="soon") is not None
        assert play.refused_field("terminate", Role.OFFICER, ground="time_over", reason="soon") == "ground"


@EVERY
def test_an_agreement_from_before_is_still_recorded_and_none_from_after(table: Process) -> None:
    play = lapsed(table)
    late = play.said("agree", Role.OFFICER, agreed_on=play.on, **AGREEMENT)
    assert late is not None
    assert play.on.isoformat() in late
    assert play.refused_field("agree", Role.OFFICER, agreed_on=play.on, **AGREEMENT) == "agreed_on"
    assert play.take("agree", Role.OFFICER, agreed_on=play.on - timedelta(days=1), **AGREEMENT).state == "settled"


@EVERY
def test_withdrawing_ends_it_at_once_before_acceptance_and_by_decision_after(table: Process) -> None:
    assert Play(table).take("retract", Role.REPORTER, reason="solved").state == "withdrawn"
    for play in (accepted(table), mediating(table), mediating(table).take("challenge", Role.REPORTER, reason="x")):
        play.take("retract", Role.REPORTER, reason="solved")
        assert (play.state, play.ended) == ("closing", False)
        play.take("terminate", Role.OFFICER, ground="withdrawn", reason="solved")
        assert play.take("tell", Role.CLERK, told_on=play.on, told_by="sms").ended


@EVERY
def test_what_was_distributed_here_is_not_passed_on(table: Process) -> None:
    play = Play(table)
    passed = {"body": 2, "why": "other_area"}
    assert "return" not in play.offered(Role.CLERK)
    play.take("transfer", Role.CLERK, **passed)
    assert "distributed to your body" in str(play.said("transfer", Role.CLERK, **passed))
    assert play.take("return", Role.CLERK, why="wrong_body").said("transfer", Role.CLERK, **passed) is None


@EVERY
def test_a_dispute_about_jurisdiction_is_settled_or_decided_above(table: Process) -> None:
    play = Play(table).take("transfer", Role.CLERK, body=2, why="other_area")
    play.take("contest", Role.CLERK, body=1, reason="their place of business")
    assert (play.state, play.limits()) == ("contested", {"market.accept", "market.jurisdiction"})
    assert "advise" in play.offered(Role.ASSISTING)
    play.take("transfer", Role.OFFICER, body=3, why="to_superior")
    assert play.said("transfer", Role.CLERK, body=1, why="other_area") is None, "the superior assigns it"
    kept = Play(table).take("contest", Role.CLERK, body=2, reason="?").take("keep", Role.OFFICER)
    assert kept.take("accept", Role.CLERK).state == "accepted"


@EVERY
def test_the_company_answers_only_when_it_was_named(table: Process) -> None:
    play = accepted(table).take("name", Role.OFFICER, company=7)
    assert play.take("answer", Role.COMPANY, position="declines", answer="no").state == "accepted"
    assert {step.verb for step in table.steps if Role.COMPANY in step.roles} == {"answer", "challenge"}
    assert {step.verb for step in table.steps if Effect.INVITE in step.effects} == {"name"}


@EVERY
def test_a_lead_is_recorded_and_the_mediation_goes_on(table: Process) -> None:
    play = mediating(table).take("lead", Role.OFFICER, content="no licence on the wall")
    assert play.state == "mediating"
    step = table.step("mediating", "lead")
    assert step is not None
    assert step.internal


def test_only_order_121_refers_fraud_and_a_leader_approves_it() -> None:
    assert not [step for step in OLD.steps if "fraud" in step.verb]
    play = mediating(NEW).take("request_report_fraud", Role.OFFICER, reason="swapped goods")
    assert play.take("report_fraud", Role.LEADER).state == "mediating"
    assert play.take("terminate", Role.OFFICER, ground="not_acceptable", reason="fraud").state == "terminated"


@EVERY
def test_entrusting_another_asks_for_consent_only_since_order_121(table: Process) -> None:
    given = {"entrusted": "consumers' association"} | ({"consented": "both"} if table is NEW else {})
    assert accepted(table).take("entrust", Role.OFFICER, **given).state == "accepted"


@EVERY
def test_what_the_bodies_do_among_themselves_is_told_to_no_party(table: Process) -> None:
    for step in table.steps:
        assert not (step.internal and set(step.notify) & {Role.REPORTER, Role.COMPANY}), step.verb


@EVERY
def test_nothing_extends_a_mediation(table: Process) -> None:
    """Neither order knows an extension."""
    assert not [step.verb for step in table.steps if Effect.EXTEND in step.effects]


@EVERY
def test_steps_that_decide_cite_the_order_in_force(table: Process) -> None:
    other = "市场监督管理投诉举报处理办法" if table is OLD else "市场监督管理投诉举报处理暂行办法"
    cited = [step.citation for step in table.steps if step.form or step.verb in ("test", "challenge", "lead")]
    assert all(cited)
    assert not [one for one in cited if f"《{other}》" in one]


def test_what_is_asked_when_a_complaint_is_opened() -> None:
    assert [need.key for need in OLD.opening] == ["demand", "bought_on", "amount"]
    assert [need.key for need in NEW.opening] == ["demand", "bought_on", "amount", "publishable", "entrustable"]
    assert [need.key for need in NEW.opening if need.required] == ["demand"]
