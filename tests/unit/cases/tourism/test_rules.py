"""Tourism complaints: accepted, answered, mediated, and ended; joint complaints settle with the consent of all."""

from datetime import date, timedelta

import pytest

from unit.cases.playing import Play
from zhicheng.cases.tourism.rules import TOURISM
from zhicheng.core.access import Role
from zhicheng.core.process import Effect

AGREED = {"agreed_on": date(2026, 5, 11), "manner": "mediated", "agreement": "half of the price"}


def answering() -> Play:
    return Play(TOURISM).take("accept", Role.CLERK).take("notify", Role.OFFICER, company=7)


def mediating() -> Play:
    return answering().take("answer", Role.COMPANY, answer="the weather")


def test_it_is_answered_mediated_and_settled() -> None:
    play = answering()
    assert play.limits() == {"tourism.answer", "tourism.mediation"}
    assert play.take("answer", Role.COMPANY, answer="x").take("agree", Role.OFFICER, **AGREED).state == "settled"


def test_who_does_not_answer_in_time_is_mediated_without_an_answer() -> None:
    play = answering()
    assert play.automatic() == {"miss", "lapse"}
    assert play.take("miss", Role.SYSTEM).state == "mediating"


def test_a_respondent_without_account_is_heard_otherwise() -> None:
    play = Play(TOURISM).take("accept", Role.OFFICER)
    assert play.limits() == {"tourism.notify", "tourism.mediation"}
    assert play.take("proceed", Role.OFFICER, answer="by telephone").state == "mediating"


def test_it_is_rejected_passed_on_or_returned() -> None:
    assert Play(TOURISM).limits() == {"tourism.accept"}
    assert Play(TOURISM).take("reject", Role.CLERK, ground="too_late", reason="2024").state == "rejected"
    play = Play(TOURISM).take("transfer", Role.CLERK, body=2, why="other_area")
    assert play.take("return", Role.CLERK, why="wrong_body").state == "received"


def test_mediation_that_fails_is_ended_with_a_ground() -> None:
    assert mediating().take("terminate", Role.OFFICER, ground="no_agreement", reason="x").state == "ended"


def test_sixty_days_leave_only_the_ending() -> None:
    play = mediating()
    play.on += timedelta(days=61)
    play.take("lapse", Role.SYSTEM)
    assert play.limits() == {"tourism.closing"}
    assert play.offered(Role.OFFICER) == {"agree", "terminate", "lead", "note", "revise"}
    late = AGREED | {"agreed_on": play.on}
    assert play.refused_field("agree", Role.OFFICER, **late) == "agreed_on"
    assert play.said("agree", Role.OFFICER, **late) is not None
    assert play.take("agree", Role.OFFICER, **AGREED).state == "settled"


@pytest.mark.parametrize(("names", "refused"), [
    ("王五", ""), ("王五、赵六，孙七", ""), ("王五 赵六\n孙七", ""), ("王五、王五、赵六、孙七", ""),
    ("王五、赵六、孙七、周八", "4"), ("王五、赵六、孙七、周八、吴九", "5"), ("、，", "0"),
])  # fmt: skip
def test_one_to_three_represent_the_others(names: str, refused: str) -> None:
    given = {"how_many": "four_or_more", "representatives": names}
    if not refused:
        mediating().take("represent", Role.CLERK, **given)
        return
    assert mediating().refused_field("represent", Role.CLERK, **given) == "representatives"
    said = mediating().said("represent", Role.CLERK, **given)
    assert said is not None
    assert "one to three representatives" in said


@pytest.mark.parametrize("consent", [{}, {"all_consent": "yes"}])
def test_representatives_settle_only_with_the_consent_of_all(consent: dict[str, str]) -> None:
    play = mediating().take("represent", Role.CLERK, how_many="four_or_more", representatives="Sun, Qian")
    assert "agree" in play.offered(Role.OFFICER)
    assert (play.said("agree", Role.OFFICER, **AGREED, **consent) is None) is bool(consent)
    if not consent:
        assert play.refused_field("agree", Role.OFFICER, **AGREED) == "all_consent"


def test_one_complainant_needs_nobodys_consent() -> None:
    assert mediating().said("agree", Role.OFFICER, **AGREED) is None


def test_testing_stops_the_time() -> None:
    play = mediating().take("test", Role.OFFICER, laboratory="x", what_tested="food")
    assert play.limits() == {"tourism.mediation"}
    assert play.take("resume", Role.OFFICER, result="clean").state == "mediating"
    effects = {step.verb: set(step.effects) for step in TOURISM.steps if step.effects}
    assert (effects["test"], effects["resume"]) == ({Effect.PAUSE}, {Effect.RESUME})


@pytest.mark.parametrize("play", [Play(TOURISM), answering(), mediating()], ids=lambda play: play.state)
def test_it_can_be_withdrawn_until_it_has_ended(play: Play) -> None:
    assert play.take("retract", Role.REPORTER, reason="refunded").state == "withdrawn"


def test_nothing_of_it_is_cited_as_read() -> None:
    """The text of the measures was not at hand: no step names an article."""
    assert not [step.verb for step in TOURISM.steps if step.citation]
