import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.canonical import NotCanonical, canonical_bytes

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


def reversed_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(item) for item in value] if isinstance(value, list) else value


def shape(value: Any) -> Any:
    """The value with its types, so that True and 1 differ."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else (type(value), value)


@given(values)
def test_what_is_written_is_read_back_and_written_alike(value: Any) -> None:
    written = canonical_bytes(value)
    assert shape(json.loads(written)) == shape(value)
    assert canonical_bytes(json.loads(written)) == written == canonical_bytes(reversed_keys(value))


@given(values, values)
def test_different_values_are_written_differently(one: Any, other: Any) -> None:
    assert (canonical_bytes(one) == canonical_bytes(other)) is (shape(one) == shape(other))


def test_keys_are_sorted_at_every_depth_and_chinese_is_kept() -> None:
    assert canonical_bytes({"渗漏": {"b": 1, "a": [{"z": "", "y": None}]}, "a": True}) == (
        '{"a":true,"渗漏":{"a":[{"y":null,"z":""}],"b":1}}'.encode()
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, r"^\$ is a float, expected"),
        ({"a": [1, {"b": float("nan")}]}, r"^\$\.a\[1\]\.b is a float, expected"),
        ({"at": datetime(2026, 11, 23, tzinfo=UTC)}, r"^\$\.at is a datetime, expected"),
        ([Decimal("1.5")], r"^\$\[0\] is a Decimal, expected"),
        ((1, 2), r"^\$ is a tuple, expected"),
        ({"a": b"x"}, r"^\$\.a is a bytes, expected"),
        ({"a": {1: 2}}, r"^\$\.a has the key 1: expected text"),
        ({None: 2}, r"^\$ has the key None: expected text"),
        (["\ud800"], r"^\$\[0\] holds a lone surrogate"),
        ({"\ud800": 1}, r"^\$ holds a lone surrogate"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_path(value: object, message: str) -> None:
    with pytest.raises(NotCanonical, match=message):
        canonical_bytes(value)
