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


def test_its_text_is_for_people_too() -> None:
    """One line for each row, characters as they are, and a newline at the end."""
    kept = inputs([["A", "食品", "1"], ['B"', "食品", "2"]], n={"食品": 1})
    lines = "".join(bundle(kept, draw(kept, "4F"), Randomness("4F"))).split("\n")
    assert lines[:10] == [
        "{",
        ' "format": "zhicheng-draw-1",',
        ' "hash": "sha256",',
        ' "roster": [',
        '  ["A", "食品", "1"],',
        '  ["B\\"", "食品", "2"]',
        " ],",
        ' "inspectors": [],',
        ' "conflicts": [],',
        r' "plan": "{\"inspectors_per_visit\":1,\"n\":{\"食品\":1},\"注\":1.5}",',
    ]
    assert lines[10] == ' "randomness": {"text": "4f", "sources": []},'
    assert lines[-2:] == ["}", ""]


@pytest.mark.parametrize(
    "field", ["format", "hash", "roster", "inspectors", "conflicts", "plan", "randomness", "result"]
)
@pytest.mark.parametrize("value", ["missing", None, 7, True])
def test_every_field_is_asked_for_by_its_name(field: str, value: object) -> None:
    kept = content(**{field: value})
    if value == "missing":
        del kept[field]
    found = "missing" if value == "missing" else json.dumps(value)
    with pytest.raises(Refused, match=rf"^draw\.json: “{field}” is {found}; expected is \w+"):
        read_bundle(json.dumps(kept).encode(), "draw.json")


@pytest.mark.parametrize("sources", [None, []])
def test_a_bundle_need_not_say_where_its_randomness_is_from(sources: object) -> None:
    kept = content(randomness={"text": "4f", "sources": sources})
    assert list(read_bundle(json.dumps(kept).encode(), "draw.json").sources) == []
    del kept["randomness"]["sources"]
    assert list(read_bundle(json.dumps(kept).encode(), "draw.json").sources) == []


def test_a_table_of_a_bundle_is_called_by_the_bundle_and_its_field() -> None:
    read = read_bundle(json.dumps(content(), ensure_ascii=False).encode(), "draw.json")
    assert [table.name for table in (read.inputs.roster, read.inputs.inspectors, read.inputs.conflicts)] == [
        "draw.json, roster", "draw.json, inspectors", "draw.json, conflicts",
    ]  # fmt: skip
    assert read.inputs.plan.name == "draw.json, plan"


def test_a_plan_that_holds_half_a_character_is_read_and_does_not_agree() -> None:
    kept = content(plan='{"n":{},"inspectors_per_visit":1,"\ud800":1}')
    read = read_bundle(json.dumps(kept).encode(), "draw.json")
    assert read.plan_text != read.inputs.plan.canonical


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
