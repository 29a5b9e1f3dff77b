import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.plan import Plan, read_plan
from zhicheng.core.refused import Refused

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def plan(**content: object) -> Plan:
    return Plan("plan.json", {"n": {"食品": 5}, "inspectors_per_visit": 2, **content})


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), values, max_size=4))
def test_the_canonical_text_reads_as_the_same_plan(content: dict) -> None:
    text = Plan("plan.json", content).canonical
    assert read_plan(text.encode(), "plan.json").canonical == text
    assert read_plan(json.dumps(content, indent=2).encode(), "plan.json").canonical == text


def test_the_canonical_text_is_short_sorted_and_unescaped() -> None:
    data = b'{ "n": {"\\u98df": 1e2,\r\n "A": 1}, "inspectors_per_visit" : 2, "a": null, "a": NaN }'
    assert read_plan(data, "plan.json").canonical == '{"a":NaN,"inspectors_per_visit":2,"n":{"A":1,"食":100.0}}'


def test_strata_come_by_code_point() -> None:
    assert list(plan(n={"𠀀": 1, "ﬀ": 2, "a": 3, "Z": 4}).counts()) == [("Z", 4), ("a", 3), ("ﬀ", 2), ("𠀀", 1)]


@pytest.mark.parametrize("n", [[], {}, "", [0], [1, 0], [False]])
def test_what_names_no_stratum_by_text_names_none(n: object) -> None:
    assert all(not isinstance(stratum, str) for stratum, _ in plan(n=n).counts())


@pytest.mark.parametrize("n", [5, None, True, "食品", [2], [None], [[0]], ["a"], 1.5])
def test_what_is_no_table_of_counts_is_told(n: object) -> None:
    with pytest.raises(Refused, match=r"plan.json: “n” is .*; expected is how many of each stratum"):
        list(plan(n=n).counts())


@pytest.mark.parametrize("count", [None, "5", 5.0, [], {}])
def test_what_is_no_count_is_told(count: object) -> None:
    with pytest.raises(Refused, match=r"“n” of stratum “食品” is .*; expected is a whole number"):
        plan().count_of("食品", count)


def test_a_stratum_is_told_on_one_line() -> None:
    with pytest.raises(Refused, match=r"“n” of stratum “a\\nb” is \[\]; expected"):
        plan().count_of("a\nb", [])


@pytest.mark.parametrize("count", [0, -1, 7, True, 10**30])
def test_every_whole_number_is_a_count(count: int) -> None:
    assert plan().count_of("食品", count) == count


@pytest.mark.parametrize("value", [None, "2", 2.0, [2]])
def test_what_is_no_number_of_inspectors_is_told(value: object) -> None:
    with pytest.raises(Refused, match=r"“inspectors_per_visit” is .*; expected is a whole number"):
        _ = plan(inspectors_per_visit=value).inspectors_per_visit


@pytest.mark.parametrize("key", ["n", "inspectors_per_visit"])
def test_a_missing_key_is_told(key: str) -> None:
    content = plan().content
    del content[key]
    with pytest.raises(Refused, match=f"plan.json: “{key}” is missing; expected is a plan like"):
        Plan("plan.json", content).require()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1, column 1: Expecting value"),
        (b'{"n":\n {]}', "line 2, column 3"),
        (b"\xef\xbb\xbf{}", "line 1, column 1"),
        (b"\xff", "byte 1: not UTF-8"),
        (b"[]", r"plan.json holds \[\]; expected is a plan like"),
        (b'"' + b"x" * 99 + b'"', 'plan.json holds "x+…; expected'),
        (b"[" * 100_000, "too deep to be read"),
        (b"1" * 5000, "more digits than can be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read_plan(data, "plan.json")


def test_a_plan_too_deep_to_be_written_is_told() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Refused, match=r"^plan.json: lists within lists, too deep to be read$"):
        _ = plan(x=deep).canonical


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), values, max_size=4), st.randoms())
def test_the_order_of_keys_plays_no_part(content: dict, random) -> None:
    keys = random.sample(list(content), len(content))
    assert Plan("plan.json", {key: content[key] for key in keys}).canonical == Plan("plan.json", content).canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"n":1}', '{"n":1.0}'),
        ('{"n":1}', '{"n":true}'),
        ('{"n":1}', '{"n":"1"}'),
        ('{"n":[1,2]}', '{"n":[2,1]}'),
        ('{"é":1}', '{"e\u0301":1}'),
        ('{"n":1}', '{"n":1,"m":null}'),
        ('{"n":1}', '{"N":1}'),
        ('{"n":1}', '{" n":1}'),
    ],
)
def test_what_is_another_plan_has_another_text(one: str, other: str) -> None:
    assert read_plan(one.encode(), "p").canonical != read_plan(other.encode(), "p").canonical


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("1E2", "100.0"),
        ("1e16", "1e+16"),
        ("0.1000", "0.1"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("12345678901234567890", None),
    ],
)
def test_numbers_are_written_in_one_way(number: str, written: str | None) -> None:
    text = read_plan(f'{{"x": {number}}}'.encode(), "p").canonical
    assert text == f'{{"x":{written or number}}}'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"n": 1', "plan.json, line 1, column 8: Expecting ',' delimiter"),
        (b'\n\n  {"n" 1}', "plan.json, line 3, column 8: Expecting ':' delimiter"),
        (b'{"n": 1} x', "plan.json, line 1, column 10: Extra data"),
        (b'{"n": \xff}', "plan.json, byte 7: not UTF-8"),
        (b"null", "plan.json holds null; expected is a plan like "),
        (b'"n"', 'plan.json holds "n"; expected is a plan like '),
        (b'["n", 5]', 'plan.json holds ["n", 5]; expected is a plan like '),
        ('["食品"]'.encode(), 'plan.json holds ["食品"]; expected is a plan like '),
    ],
)
def test_what_is_no_plan_is_told_word_by_word(data: bytes, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(data, "plan.json")
    message = '{"n": {"stratum": 5}, "inspectors_per_visit": 2}'
    assert str(refused.value) == told + message * told.endswith("like ")


def test_what_no_draw_knows_is_kept_and_hashed() -> None:
    found = read_plan('{"n": {}, "inspectors_per_visit": 1, "意见": [1, null]}'.encode(), "plan.json")
    found.require()
    assert found.content["意见"] == [1, None]
    assert '"意见":[1,null]' in found.canonical


def test_counts_are_told_before_any_is_taken() -> None:
    counts = plan(n={"b": 1, "a": None, "c": "x"}).counts()
    assert list(counts) == [("a", None), ("b", 1), ("c", "x")]


@pytest.mark.parametrize("value", [0, 2, -1, True, 10**20])
def test_every_whole_number_is_one_of_inspectors(value: int) -> None:
    assert plan(inspectors_per_visit=value).inspectors_per_visit == value
