import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.bundle import Randomness, bundle, read_bundle
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.randomness import combined, parse_source
from zhicheng.core.refused import Refused

SOURCES = [parse_source("lottery:pl5:2026136:1,2,3,4,5"), parse_source("lottery:fc3d:2026136:0,7,3")]
cells = st.text(st.characters(codec="utf-8"), max_size=3)
tables = st.lists(st.lists(cells, max_size=3), max_size=3)


def inputs(roster=(), inspectors=(), conflicts=(), n=None) -> Inputs:
    tables = [Table(name, list(rows)) for name, rows in
              (("roster", roster), ("inspectors", inspectors), ("conflicts", conflicts))]  # fmt: skip
    return Inputs(*tables, plan=Plan("plan", {"n": n or {}, "inspectors_per_visit": 1, "注": 1.5}))


def content(**changed: object) -> dict:
    """A bundle as values, some of them changed."""
    kept = inputs([["A", "食品", "1"]], [["执01", "2"]], [], {"食品": 1})
    randomness = combined(SOURCES)
    text = "".join(bundle(kept, draw(kept, randomness), Randomness(randomness, SOURCES)))
    return {**json.loads(text), **changed}


@given(tables, st.sampled_from(Algorithm))
def test_tables_come_back_as_they_were_read(rows: list[list[str]], algorithm: Algorithm) -> None:
    kept = inputs(rows)
    text = "".join(bundle(kept, draw(kept, "AB", algorithm), Randomness("AB")))
    read = read_bundle(text.encode(), "draw.json")
    assert read.inputs.roster.rows == rows
    assert read.inputs.plan.content == kept.plan.content
    assert (read.algorithm, read.randomness, read.sources) == (algorithm, "ab", [])
    assert read.result == draw(kept, "AB", algorithm).document()


def test_a_bundle_is_json_with_the_fields_that_are_promised() -> None:
    kept = content()
    assert list(kept) == ["format", "hash", "roster", "inspectors", "conflicts", "plan", "randomness", "result"]
    assert kept["plan"] == '{"inspectors_per_visit":1,"n":{"食品":1},"注":1.5}'
    assert kept["randomness"] == {"text": combined(SOURCES), "sources": [source.text for source in SOURCES]}
    assert kept["roster"] == [["A", "食品", "1"]]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"format": "draw-2"}, 'draw.json: “format” is "draw-2"; expected is zhicheng-draw-1'),
        ({"hash": "md5"}, '“hash” is "md5"; expected is sha256 or sm3'),
        ({"roster": {}}, "“roster” is {}; expected is a list of rows, each a list of texts"),
        ({"inspectors": [["执01", 2]]}, "“inspectors” is"),
        ({"conflicts": None}, "“conflicts” is null"),
        ({"plan": {"n": {}}}, '“plan” is {"n": {}}; expected is a text'),
        ({"plan": "[1]"}, "draw.json, plan holds [1]"),
        ({"plan": "{"}, "draw.json, plan, line 1"),
        ({"randomness": "4f"}, '“randomness” is "4f"; expected is a record'),
        ({"randomness": {"sources": []}}, "draw.json, randomness: “text” is missing"),
        ({"randomness": {"text": "4f", "sources": "x"}}, '“sources” is "x"; expected is a list of texts'),
        ({"result": []}, "“result” is []"),
    ],
)
def test_what_is_no_bundle_is_told_by_its_field(changed: dict, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read_bundle(json.dumps(content(**changed), ensure_ascii=False).encode(), "draw.json")
    assert told in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"{]"])
def test_what_is_no_json_record_is_told(data: bytes) -> None:
    with pytest.raises(Refused, match=r"draw\.json"):
        read_bundle(data, "draw.json")


def test_randomness_is_read_in_lower_case_as_it_is_hashed() -> None:
    typed = content(randomness={"text": "4F", "sources": []})
    assert read_bundle(json.dumps(typed).encode(), "draw.json").randomness == "4f"
