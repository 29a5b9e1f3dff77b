"""A point within an outline, or not: against a circle, whose inside is known without drawing a ray."""

from math import cos, hypot, pi, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhicheng.core.outlines import holds

ROUND = [[cos(step * pi / 180), sin(step * pi / 180)] for step in (*range(360), 0)]
CIRCLE = {"type": "Polygon", "coordinates": [ROUND]}
RING = {"type": "Polygon", "coordinates": [ROUND, [[x / 2, y / 2] for x, y in ROUND]]}
near = st.floats(-1.5, 1.5)


@given(near, near)
def test_the_inside_of_a_circle_is_nearer_than_its_line(x: float, y: float) -> None:
    distance = hypot(x, y)
    assume(abs(distance - 1) > 0.001)
    assert holds(CIRCLE, x, y) == (distance < 1)


@given(near, near)
def test_a_hole_is_outside(x: float, y: float) -> None:
    distance = hypot(x, y)
    assume(abs(distance - 1) > 0.001)
    assume(abs(distance - 0.5) > 0.001)
    assert holds(RING, x, y) == (0.5 < distance < 1)


@given(near, near)
def test_several_parts_hold_what_any_of_them_holds(x: float, y: float) -> None:
    moved = [[a + 3, b] for a, b in ROUND]
    both = {"type": "MultiPolygon", "coordinates": [[ROUND], [moved]]}
    assert holds(both, x, y) == holds(CIRCLE, x, y)
    assert holds(both, x + 3, y) == holds({"type": "Polygon", "coordinates": [moved]}, x + 3, y)


def test_a_line_has_no_inside() -> None:
    with pytest.raises(ValueError, match="LineString"):
        holds({"type": "LineString", "coordinates": ROUND}, 0, 0)
