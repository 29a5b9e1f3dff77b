"""Every line of the table that leads from R's survey to our calls can be evaluated, on the samples it names."""

import re
from math import inf
from pathlib import Path

import numpy as np
import pytest

from reference.survey import column, design, labels, near
from zhicheng.core import estimates
from zhicheng.core.designs import Design

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "estimates.md"


def calls() -> list[str]:
    """The right column of the table, of the section about R."""
    section = PAGE.read_text(encoding="utf-8").partition("## Coming from R")[2].partition("\n## ")[0]
    return re.findall(r"^\| `[^|]*\| `([^|]*)` \|$", section, flags=re.MULTILINE)


def sampled(file: str, sample: Design) -> dict[str, object]:
    """What the calls name: a sample, its columns, and chances of one and two stages."""
    chances = np.linspace(0.1, 0.6, sample.size)
    joint = 0.9 * np.outer(chances, chances)
    np.fill_diagonal(joint, chances)
    numbers = ("api00", "api99", "enroll", "api.stu", "meals", "pw", "fpc")
    texts = ("stype", "sch.wide", "comp.imp", "dnum", "snum")
    return {
        **vars(estimates),
        **{name.replace(".", "_"): column(file, name) for name in numbers},
        **{name.replace(".", "_"): np.array(labels(file, name)) for name in texts},
        "Design": Design,
        "inf": inf,
        "d": sample,
        "p": chances,
        "joint": joint,
        "one": np.ones(sample.size),
        "fpc1": 757,
        "fpc2": 40,
        "f1": 0.02,
        "f2": 0.5,
    }


@pytest.fixture
def named() -> dict[str, object]:
    file, sample = design("strat")
    found = sampled(file, sample)
    found["m"] = estimates.by_domain(estimates.mean, sample, column(file, "api00"), by=found["stype"])
    return found


def test_the_table_is_found():
    assert len(calls()) > 40
    assert any("unequal=True" in call for call in calls())


@pytest.mark.parametrize("call", calls())
def test_a_line_of_the_table(named, call):
    assert eval(call, named) is not None  # noqa: S307  # a line of our own documentation


def test_indicators_calibrate_like_an_intercept_and_contrasts(named):
    """`calibrate(~stype + api99)` of R has an intercept and two contrasts where we have three columns."""
    call = next(call for call in calls() if "**indicators" in call)
    file, _ = design("strat")
    ones, kinds = np.ones(200), estimates.indicators(labels(file, "stype"))
    auxiliary = {"all": ones, "H": kinds["H"], "M": kinds["M"], "api99": column(file, "api99")}
    totals = {"all": 6194, "H": 755, "M": 1018, "api99": 3914069}
    contrasts = estimates.calibrated(design("strat")[1], auxiliary, totals)
    assert eval(call, named).weights == near(contrasts.weights)  # noqa: S307  # as above
