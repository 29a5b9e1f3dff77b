from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    AcceptanceError,
    InspectionStage,
    LotResult,
    Series,
    Severity,
    plan_for,
)

ACCEPTED, REFUSED = LotResult(True, True), LotResult(False, False)
NORMAL, TIGHTENED, REDUCED, SUSPENDED = InspectionStage
lots = st.lists(st.sampled_from([ACCEPTED, REFUSED]), max_size=40)


def after(series: Series, letters: str) -> Series:
    """The series after lots, A for accepted and R for refused."""
    for letter in letters:
        series = series.after(ACCEPTED if letter == "A" else REFUSED)
    return series


def by_hand(letters: list[bool]) -> str:
    """The stage after these lots, by looking at all of them anew each time, as a clerk would with a list."""
    stage, begun = "normal", 0
    for place in range(1, len(letters) + 1):
        seen = letters[begun:place]
        if stage == "normal" and seen[-5:].count(False) == 2:
            stage, begun = "tightened", place
        elif stage == "tightened" and seen.count(False) == 5:
            return "suspended"
        elif stage == "tightened" and len(seen) >= 5 and all(seen[-5:]):
            stage, begun = "normal", place
    return stage


@given(st.lists(st.booleans(), max_size=60))
def test_without_reduction_it_goes_as_a_clerk_would_say(letters: list[bool]) -> None:
    series = Series()
    for accepted in letters:
        if series.stage is SUSPENDED:
            break
        series = series.after(ACCEPTED if accepted else REFUSED)
    assert str(series.stage) == by_hand(letters)


@pytest.mark.parametrize("first", [(True, True, True), (False, True, False), (False, False, True)])
def test_every_row_of_eight_lots_goes_as_a_clerk_would_say(first: tuple[bool, ...]) -> None:
    """After three that are good, that tighten, and that have tightened one lot before: all 256 that can follow."""
    for rest in product([True, False], repeat=8):
        series, seen = Series(), [*first, *rest]
        for place, accepted in enumerate(seen, start=1):
            series = series.after(ACCEPTED if accepted else REFUSED)
            assert str(series.stage) == by_hand(seen[:place])
            if series.stage is SUSPENDED:
                break


@pytest.mark.parametrize(
    ("letters", "stage"),
    [
        ("RR", TIGHTENED),
        ("RAAAR", TIGHTENED),
        ("RAAAAR", NORMAL),
        ("RAAAARAAAAR", NORMAL),
        ("RRAAAA", TIGHTENED),
        ("RRAAAAA", NORMAL),
        ("RRAAAARAAAAA", NORMAL),
        ("RRRRRRR", SUSPENDED),
        ("RRRRRRAAAAARRRRRR", TIGHTENED),
    ],
)
def test_when_it_tightens_and_when_it_ends(letters: str, stage: InspectionStage) -> None:
    """The last: five accepted lots end tightened inspection, and what was refused in it is forgotten with it."""
    assert after(Series(), letters).stage is stage


def test_reduction_needs_the_score_and_an_agreement() -> None:
    series = after(Series(), 14 * "A")
    assert (series.score, series.may_be_reduced) == (28, False)
    assert series.after(ACCEPTED).stage is NORMAL
    assert series.after(ACCEPTED, reduction_agreed=True).stage is REDUCED
    assert after(Series(), 20 * "A").reduced().stage is REDUCED
    assert after(Series(), 20 * "A").score == 40
    with pytest.raises(AcceptanceError, match="a switching score of 30; it is 28"):
        series.reduced()


def test_an_agreement_before_its_time_changes_nothing() -> None:
    series = Series()
    for count in range(1, 10):
        series = series.after(LotResult(True, True, ac=3), reduction_agreed=True)
        assert (series.stage, series.score) == (NORMAL, 3 * count)
    assert series.after(LotResult(True, True, ac=3), reduction_agreed=True) == Series(REDUCED)


@pytest.mark.parametrize(
    ("lot", "score"),
    [
        (LotResult(True, True, 0), 14),
        (LotResult(True, True, 1), 14),
        (LotResult(True, True, 2), 15),
        (LotResult(True, False, 2), 0),
        (LotResult(False, False, 1), 0),
        (LotResult(False, True, 1), 0),
        (LotResult(True, True), 14),
    ],
)
def test_what_a_lot_adds_to_the_score(lot: LotResult, score: int) -> None:
    assert Series(score=12).after(lot).score == score


def test_one_refused_lot_ends_reduced_inspection() -> None:
    reduced = Series(REDUCED)
    assert after(reduced, 50 * "A") == reduced
    assert after(reduced, "R") == Series(NORMAL)
    assert after(reduced, "RR").stage is NORMAL
    assert after(reduced, "RRR").stage is TIGHTENED
    assert reduced.restored() == Series(NORMAL)


def test_after_an_improvement_inspection_is_tightened_and_counts_anew() -> None:
    ended = after(Series(), "RRRRRRR")
    for ask in (lambda: ended.after(ACCEPTED), lambda: ended.severity):
        with pytest.raises(AcceptanceError, match="Inspection is suspended after 5 refused lots"):
            ask()
    assert ended.resumed() == Series(TIGHTENED)
    assert after(ended.resumed(), "RRRR").stage is TIGHTENED
    assert after(ended.resumed(), "AAAAA").stage is NORMAL


def test_steps_at_the_wrong_stage_are_refused() -> None:
    with pytest.raises(AcceptanceError, match="Inspection is normal; this step was expected when it is suspended"):
        Series().resumed()
    with pytest.raises(
        AcceptanceError, match="Inspection is tightened; this step was expected when it is reduced"
    ):
        Series(TIGHTENED).restored()
    with pytest.raises(AcceptanceError, match="Reduced inspection needs normal inspection"):
        Series(TIGHTENED, score=40).reduced()


@given(lots)
def test_a_series_remembers_no_more_than_the_rules_look_back(results: list[LotResult]) -> None:
    series = Series()
    for lot in results:
        if series.stage is SUSPENDED:
            break
        series = series.after(lot)
        assert len(series.recent) <= 4
        assert series.stage is not NORMAL or series.recent[:1] in ((), (False,))
        assert series.stage is not TIGHTENED or all(series.recent)
        assert series.refused < 5
        assert series.stage is NORMAL or series.score == 0


def test_the_severity_names_the_table_of_the_next_lot() -> None:
    stages = (NORMAL, TIGHTENED, REDUCED)
    assert [Series(stage).severity for stage in stages] == list(Severity)
    tables = [plan_for(lot_size=500, aql=1, severity=Series(stage).severity).table for stage in stages]
    assert tables == ["2-A", "2-B", "2-C"]


@pytest.mark.parametrize(
    ("aql", "found", "result"),
    [
        ("0.15", 0, LotResult(True, True, 0)),
        ("0.15", 1, LotResult(False, False, 0)),
        ("0.65", 1, LotResult(True, True, 1)),
        ("1.0", 1, LotResult(True, True, 2)),
        ("1.0", 2, LotResult(True, False, 2)),
        ("1.0", 3, LotResult(False, False, 2)),
        ("2.5", 3, LotResult(True, True, 5)),
        ("2.5", 4, LotResult(True, False, 5)),
    ],
)
def test_a_result_by_what_was_found(aql: str, found: int, result: LotResult) -> None:
    """Letter J: at the AQL before 1.0 one is allowed, at the one before 2.5 three are."""
    assert LotResult.of(plan_for(lot_size=1000, aql=aql), found) == result


def test_a_number_that_cannot_be_found_is_refused() -> None:
    with pytest.raises(AcceptanceError, match="“nonconforming” is -1"):
        LotResult.of(plan_for(lot_size=1000, aql=1), -1)


def test_other_rules_are_another_edition() -> None:
    rules = replace(GBT_2828_1_2012.switching, refused=1, accepted=7, ending=2)
    series = Series(edition=replace(GBT_2828_1_2012, name="ours", switching=rules))
    assert after(series, "R").stage is TIGHTENED
    assert after(series, "RAAAAAA").stage is TIGHTENED
    assert after(series, "RAAAAAAA").stage is NORMAL
    assert after(series, "RRAR").stage is SUSPENDED


def expected_lots_until_tightened(refusal: float) -> float:
    """Solved from the rule: states are accepted lots since the last refused one, 0 to 3, and “four or more, or
    none”."""
    forgetful = 4
    moves = np.zeros((5, 5))
    for since in range(5):
        moves[since, min(since + 1, forgetful)] += 1 - refusal
    moves[forgetful, 0] += refusal
    times: float = np.linalg.solve(np.eye(5) - moves, np.ones(5))[forgetful]
    return times


def test_how_long_normal_inspection_lasts_in_simulation() -> None:
    refusal, generator = 0.2, np.random.default_rng(20260105)
    lengths = []
    for _ in range(1500):
        series, count = Series(), 0
        while series.stage is NORMAL:
            series = series.after(REFUSED if generator.random() < refusal else ACCEPTED)
            count += 1
        lengths.append(count)
    expected = expected_lots_until_tightened(refusal)
    assert np.mean(lengths) == pytest.approx(expected, abs=4 * np.std(lengths) / len(lengths) ** 0.5)


@pytest.mark.parametrize("stage", list(InspectionStage))
def test_a_series_may_be_taken_up_at_a_stage_by_its_text(stage: InspectionStage) -> None:
    """As a file or a form has it: “tightened” must not go on as normal inspection does."""
    kept = Series(stage=stage.value, recent=[True, True], refused=2)
    assert kept == Series(stage, (True, True), 2)
    assert kept.stage is stage


def test_lots_from_the_text_of_a_stage_are_followed_by_its_rules() -> None:
    assert after(Series(stage="tightened"), "AAAAA").stage is NORMAL
    assert after(Series(stage="tightened"), "RARARARAR").stage is SUSPENDED
    assert after(Series(stage="reduced"), "R").stage is NORMAL
    with pytest.raises(AcceptanceError, match="“stage” is “strict”; expected one of normal, tightened, reduced"):
        Series(stage="strict")
