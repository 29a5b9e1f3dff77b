"""Switching and the long run beside a clerk's book: another reading of the rules, sharing no code with them."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    InspectionPlan,
    InspectionStage,
    Lot,
    LotResult,
    PerHundredUnits,
    Population,
    Process,
    Scheme,
    Series,
    Severity,
    cell_for,
)


@dataclass(frozen=True)
class Book:
    """What a clerk writes down: the stage, every lot since it began, and the switching score."""

    stage: str = "normal"
    lots: str = ""
    score: int = 0

    def entered(self, letter: str, ac: int, *, agreed: bool) -> "Book":
        """With one more lot: R refused, A accepted, T accepted and passing at the next lower AQL, too."""
        lots = self.lots + ("R" if letter == "R" else "A")
        if self.stage == "reduced":
            return Book("normal") if letter == "R" else self
        if self.stage == "tightened":
            if lots.count("R") == 5:
                return Book("suspended")
            return Book("normal") if lots.endswith("AAAAA") else replace(self, lots=lots)
        if lots[-5:].count("R") >= 2:
            return Book("tightened")
        adds = letter != "R" if ac <= 1 else letter == "T"
        score = self.score + (2 if ac <= 1 else 3) if adds else 0
        return Book("reduced") if agreed and score >= 30 else Book("normal", lots, score)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Lots of one plan after another, of which most are good, so that all stages are met."""
    letters = draw(st.sampled_from(["R" + 40 * "T", "RA" + 8 * "T", "RAT", "RRT"]))
    return draw(st.lists(st.tuples(st.sampled_from(letters), st.sampled_from([0, 1, 2, 14])), max_size=80))


@settings(max_examples=200)
@given(histories(), st.booleans())
def test_every_series_goes_as_the_book_says(history: list[tuple[str, int]], agreed: bool) -> None:
    series, book = Series(), Book()
    for letter, ac in history:
        result = LotResult(letter != "R", letter == "T" or (letter == "A" and ac <= 1), ac)
        series, book = series.after(result, reduction_agreed=agreed), book.entered(letter, ac, agreed=agreed)
        assert (series.stage.value, series.score) == (book.stage, book.score)
        if series.stage is InspectionStage.SUSPENDED:
            series, book = series.resumed(), Book("tightened")


def letters(plan: InspectionPlan, population: Population, quality: float) -> dict[str, float]:
    """How probably a lot is entered with each letter, the next lower AQL being looked up in the table."""
    accepted = strict = population.at_most(plan.ac, plan.n, quality)
    if plan.ac > 1:
        lower = GBT_2828_1_2012.aqls[GBT_2828_1_2012.aqls.index(plan.aql) - 1]
        strict = population.at_most(cell_for(plan.row, lower, plan.severity).ac, plan.n, quality)
    return {"R": 1 - accepted, "A": accepted - strict, "T": strict}


def by_the_book(scheme: Scheme, population: Population, quality: float, times: int) -> dict[Severity, float]:
    """Where the clerk's books stand after many lots: the probability of each is carried on from lot to lot.

    Only the lots that the rules look back on tell books apart: the last four, and under tightened inspection those
    that were refused before.
    """
    chances = {severity.value: letters(plan, population, quality) for severity, plan in scheme.plans.items()}
    books = {Book(): 1.0}
    for _ in range(times):
        after: dict[Book, float] = {}
        for book, share in books.items():
            for letter, chance in chances[book.stage].items():
                entered = book.entered(letter, scheme.plans[Severity(book.stage)].ac, agreed=True)
                entered = Book("tightened") if entered.stage == "suspended" else entered
                earlier = entered.lots[:-4].replace("A", "") if entered.stage == "tightened" else ""
                known = replace(entered, lots=earlier + entered.lots[-4:])
                after[known] = after.get(known, 0.0) + share * chance
        books = after
    shares = dict.fromkeys(Severity, 0.0)
    for book, share in books.items():
        shares[Severity(book.stage)] += share
    return shares


@pytest.mark.parametrize(
    ("lot_size", "aql", "population", "quality"),
    [
        (1000, "1.0", Process(), 0.012),
        (1000, "1.0", Lot(1000), 15),
        (20, "6.5", Process(20), 0.06),
        (500, "40", PerHundredUnits(), 45.0),
    ],
)
def test_the_long_run_is_where_the_books_end(
    lot_size: int, aql: str, population: Population, quality: float
) -> None:
    scheme = Scheme.of(lot_size=lot_size, aql=aql)
    run = scheme.long_run(population, quality)
    assert by_the_book(scheme, population, quality, 300) == pytest.approx(run.shares, abs=1e-3)


@pytest.mark.parametrize("quality", [0, 1e-300, 1e-18, 1e-9, 0.5, 1 - 1e-12, 1])
def test_the_long_run_of_extreme_qualities_is_finite(quality: float) -> None:
    run = Scheme.of(lot_size=1000, aql="1.0").long_run(Process(), quality)
    best = Severity.REDUCED if quality < 0.1 else Severity.TIGHTENED
    assert run.shares[best] == pytest.approx(1)
    assert run.suspensions == pytest.approx(0 if quality < 0.1 else 0.2)
