"""Whether a point lies inside an outline, as GeoJSON draws it (RFC 7946 §3.1.6, §3.1.7).

>>> square = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
>>> holds(square, 1, 1), holds(square, 5, 1)
(True, False)
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

Ring = Sequence[Sequence[float]]


def holds(geometry: Mapping[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a Polygon or MultiPolygon holds the point, in degrees of one reference system; holes are outside.

    A ray to the east crosses the rings of an outline an odd number of times if it begins inside (even-odd rule). A
    point on the line itself may fall on either side. Raises ValueError for another geometry.

    >>> ring = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    >>> hole = [[3, 3], [6, 3], [6, 6], [3, 6], [3, 3]]
    >>> holds({"type": "MultiPolygon", "coordinates": [[ring, hole]]}, 4, 4)
    False
    """
    if geometry["type"] == "Polygon":
        return _inside(geometry["coordinates"], longitude, latitude)
    if geometry["type"] == "MultiPolygon":
        return any(_inside(rings, longitude, latitude) for rings in geometry["coordinates"])
    raise ValueError(f"a Polygon or MultiPolygon was expected, not {geometry['type']}")


def _inside(rings: Sequence[Ring], x: float, y: float) -> bool:
    return sum(_crossings(ring, x, y) for ring in rings) % 2 == 1


def _crossings(ring: Ring, x: float, y: float) -> int:
    """How often the ray from the point to the east meets the ring."""
    found = 0
    for (ax, ay, *_), (bx, by, *_) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            found += 1
    return found
