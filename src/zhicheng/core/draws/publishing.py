"""The result as text: the bytes that are published, written piece by piece so that a million units fit.

>>> from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
>>> nothing = Table("nothing", [])
>>> drawn = draw(Inputs(nothing, nothing, nothing, Plan("plan", {"n": {}, "inspectors_per_visit": 2})), "00")
>>> "".join(written(drawn)) == json.dumps(drawn.document(), indent=1, ensure_ascii=False)
True
"""

import json
from collections.abc import Iterator
from itertools import islice
from json.encoder import encode_basestring

from zhicheng.core.draws.drawing import Drawn, DrawnStratum

PORTION = 10_000
SHOWN = 5
"""Of the reserve in a summary."""


def written(drawn: Drawn) -> Iterator[str]:
    """The document of a result as JSON with an indent of 1 and without a newline at its end, in pieces."""
    yield json.dumps(drawn.head(), indent=1, ensure_ascii=False).removesuffix("\n}")
    yield ',\n "tickets": ['
    tickets = (ticket for stratum in drawn.strata for ticket in _tickets(stratum))
    before = "\n"
    while portion := ",\n".join(islice(tickets, PORTION)):
        yield before + portion
        before = ",\n"
    yield "]\n}" if before == "\n" else "\n ]\n}"


def _tickets(stratum: DrawnStratum) -> Iterator[str]:
    """Ticket by ticket what `json.dumps` would write of it, several times faster."""
    name = encode_basestring(stratum.stratum)
    for unit, lam, u_hex, rank in stratum.ranked():
        selected = "true" if rank <= stratum.taken else "false"
        yield (
            f'  {{\n   "stratum": {name},\n   "id": {encode_basestring(unit)},\n   "lam": "{lam}",\n'
            f'   "u_hex": "{u_hex}",\n   "rank": {rank},\n   "selected": {selected}\n  }}'
        )


def summary(drawn: Drawn) -> Iterator[str]:
    """The result in some lines for people: who is drawn, who waits first, and who visits whom."""
    yield f"commitment {drawn.commitment.commitment}\nseed {drawn.seed}\n"
    for stratum in drawn.strata:
        yield f"{stratum.stratum}: {stratum.taken} of {len(stratum.ids)} drawn\n"
        for unit in stratum.selected:
            visitors = (drawn.assignment or {}).get(unit)
            yield f"  {unit}: {', '.join(visitors)}\n" if visitors else f"  {unit}\n"
        waiting = stratum.reserve
        if waiting:
            further = f" and {len(waiting) - SHOWN} more" if len(waiting) > SHOWN else ""
            yield f"  in reserve: {', '.join(waiting[:SHOWN])}{further}\n"
    if drawn.assignment is None:
        yield "There are not enough inspectors without conflicts: nobody is assigned.\n"
