"""The satisfaction index and its error are those of R's package survey 4.1, by `svytotal` and `svycontrast`.

Two questions, api00 and api99 of its samples of Californian schools, on a scale from 200 to 1000 and weighted 2 to
1; every seventh school did not answer the second, whose mean is therefore a ratio.
"""

import numpy as np
import pytest
from scipy.stats import t

from oracles import oracle_rows
from reference.survey import design
from zhicheng.core.designs import Design
from zhicheng.core.scores import SatisfactionIndex, satisfaction_index


def answers(file: str) -> np.ndarray:
    table = np.array([[float(row["api00"]), float(row["api99"])] for row in oracle_rows(f"survey/{file}")])
    table[6::7, 1] = np.nan
    return table


def index(file: str, sample: Design) -> SatisfactionIndex:
    return satisfaction_index(answers(file), sample, lowest=200, highest=1000, weights=[2, 1])


def test_clusters() -> None:
    file, sample = design("clus1")
    found = index(file, sample)
    assert (found.value, found.error) == pytest.approx((53.7765900363, 2.96217596919), rel=1e-9)
    assert found.questions == pytest.approx([55.5211748634, 50.2874203822], rel=1e-9)
    assert found.question_errors == pytest.approx([2.94278008672, 3.02083251931], rel=1e-9)
    assert found.interval.high - found.value == pytest.approx(t.isf(0.025, 14) * 2.96217596919, rel=1e-9)


def test_strata_and_a_group_in_them() -> None:
    file, sample = design("strat")
    found = index(file, sample)
    assert (found.value, found.error) == pytest.approx((56.6641857038, 1.21784340126), rel=1e-9)
    both = np.array([row["both"] == "Yes" for row in oracle_rows(f"survey/{file}")])
    group = index(file, sample.domain(both))
    assert (group.value, group.error) == pytest.approx((58.0394241272, 1.54816457844), rel=1e-9)
