"""When a hot spot is worth an alert, and when it has grown enough for another.

>>> grown(reach=7, before=4, factor=2), grown(reach=8, before=4, factor=2)
(False, True)
"""

REACH, GROWTH, WINDOW = "hotspot.reach", "hotspot.growth", "hotspot.window"
"""The limits: from how many people on, by what factor more before it is told again, within how many days."""


def grown(*, reach: int, before: int, factor: int) -> bool:
    """Whether so many more people tell of it than when it was last told that it has to be told again."""
    return reach >= before * factor
