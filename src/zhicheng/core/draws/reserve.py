"""Who takes the place of a drawn unit that cannot be visited: the next of the reserve list that can.

The order of a stratum is fixed by commitment and randomness. Whoever replaces in that order visits the first n of
it that can be visited, whatever the order in which the others turn out to be closed, moved or double.

>>> replacements(["A", "B", "C"], ["D", "E", "F"], unavailable={"C", "A", "D"})
{'A': 'E', 'C': 'F'}
"""

from collections.abc import Container, Sequence


def replacements(
    selected: Sequence[str], reserve: Sequence[str], unavailable: Container[str]
) -> dict[str, str | None]:
    """For each of `selected` that is unavailable, in order, who is visited instead; None when nobody is left.

    `selected` and `reserve` are those of one stratum: a reserve list serves no other.
    """
    waiting = (unit for unit in reserve if unit not in unavailable)
    return {unit: next(waiting, None) for unit in selected if unit in unavailable}
