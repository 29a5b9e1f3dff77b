"""Samples and cases of R's package survey: the designs by the names that the cases have."""

import csv
import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from oracles import DATA, oracle_rows
from zhicheng.core.designs import Design, Floats

FOLDER = DATA / "oracles" / "survey"
TOLERANCE = 1e-8


def cases(*kinds: str) -> list[Any]:
    """The cases whose id holds one of `kinds` after the design, as parameters named by id."""
    file = FOLDER / "reference.json"
    if not file.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no oracles/survey in the shared data folder"))]
    found = json.loads(file.read_text(encoding="utf-8"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if case["id"].partition(".")[2].startswith(kinds)]


@cache
def column(sample: str, name: str) -> Floats:
    """A column of numbers; an empty cell is missing."""
    return np.array([float(row[name]) if row[name] else np.nan for row in oracle_rows(f"survey/{sample}")])


@cache
def labels(sample: str, name: str) -> list[str]:
    """A column of labels."""
    return [row[name] for row in oracle_rows(f"survey/{sample}")]


@cache
def design(name: str) -> tuple[str, Design]:
    """The file of a design's sample, and the design as the cases describe it."""
    if name == "srs":
        return "apisrs.csv", Design.simple(200, population=6194)
    if name in ("strat", "strat_nofpc"):
        file = "apistrat.csv"
        population = column(file, "fpc") if name == "strat" else None
        return file, Design.stratified(labels(file, "stype"), population=population, weights=column(file, "pw"))
    if name == "clus1":
        file = "apiclus1.csv"
        population, weights = column(file, "fpc"), column(file, "pw")
        return file, Design.clusters(labels(file, "dnum"), population=population, weights=weights)
    if name == "scd":
        file = "scd.csv"
        return file, Design.clusters(labels(file, "ambulance"), strata=labels(file, "ESA"), weights=1, nest=True)
    raise LookupError(name)


def written(file: str) -> int:
    """How many rows a file of the folder holds."""
    with (FOLDER / file).open(encoding="utf-8") as lines:
        return len(list(csv.DictReader(lines)))


def near(expected: Any, tolerance: float = TOLERANCE) -> Any:
    """Equal to what R says, relative to its size; a standard error of 0 is what rounding leaves of it."""
    return pytest.approx(np.atleast_1d(np.asarray(expected, dtype=np.float64)), rel=tolerance, abs=1e-10)
