"""The switching rules of GB/T 2828.1-2012 §9.3 and §9.4 on series of lots that others wrote down."""

from typing import Any

from oracles import oracle_json
from zhicheng.core.acceptance import InspectionStage, LotResult, Series


def vectors() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = oracle_json("acceptance/oc_reference.json")["switching"]["vectors"]
    return found


def results(vector: dict[str, Any]) -> list[LotResult]:
    """The lots of a vector: letters A and R, or flags, or both flags of each lot."""
    ac = vector.get("ac", 0)
    if "accept" in vector:
        return [LotResult(bool(flag), bool(flag), ac) for flag in vector["accept"]]
    if "accept_tighter" in vector:
        return [LotResult(True, bool(flag), ac) for flag in vector["accept_tighter"]]
    lots = vector["lots"]
    if isinstance(lots, str):
        return [LotResult(letter == "A", letter == "A", ac) for letter in lots]
    return [LotResult(bool(lot["accepted"]), bool(lot["accepted_tighter"]), ac) for lot in lots]


def test_every_series_goes_where_it_should() -> None:
    assert len(vectors()) == 7
    for vector in vectors():
        series = Series(InspectionStage(vector.get("start", "normal")))
        scores, stages = [], []
        for lot in results(vector):
            series = series.after(lot)
            scores.append(series.score)
            stages.append(str(series.stage))
        assert scores == vector.get("score", scores), vector["name"]
        assert stages == vector.get("state_after", stages), vector["name"]
