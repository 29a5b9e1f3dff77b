"""Where something begins to hold, and whether a computed probability keeps a limit.

>>> first_of(lambda n: n * n >= 50, 0, 100)
8
>>> 1 - 0.95 <= 0.05, within(1 - 0.95, 0.05)
(False, True)
"""

from collections.abc import Callable

ROUNDING = 1e-9
"""Relatively by so much computed probabilities may be off; in small lots they often equal the limit exactly."""


def first_of(holds: Callable[[int], bool], start: int, stop: int | None = None) -> int:
    """The first whole number from `start` on for which `holds`, which has to hold from there on.

    `stop` if it holds for none before; without one it must hold somewhere. The steps are doubled until it holds
    and then halved, so it is asked seldom, and never far beyond the number sought.
    """
    step = 1
    while stop is None or start + step <= stop:
        reached = start + step - 1
        if holds(reached):
            stop = reached
            break
        start, step = reached + 1, 2 * step
    while start < stop:
        middle = (start + stop) // 2
        if holds(middle):
            stop = middle
        else:
            start = middle + 1
    return start


def within(probability: float, limit: float) -> bool:
    """Whether a probability is at most `limit`, but for what rounding makes of it.

    One unit of twenty is found with exactly 5 %, and 0.05 is no number of a computer.
    """
    return probability <= limit * (1 + ROUNDING)
