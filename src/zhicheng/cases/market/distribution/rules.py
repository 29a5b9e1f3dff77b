"""Which market administration handles a complaint or report.

Whoever receives complaints and reports for all distributes them (分送) to the administration in charge. That one
may not pass them on by itself: it returns what is not its own, or disputes it, and a dispute is settled between
the two within seven working days or decided by their common superior. Order 20 §30 and §37, Order 121 §33 and §41.
"""

from zhicheng.cases.handover.rules import BODY, DESK, returning, transferring
from zhicheng.cases.market.orders.rules import Order
from zhicheng.core.access import Role
from zhicheng.core.process import (
    AMONG_BODIES,
    REASON,
    Context,
    Effect,
    Refusal,
    State,
    Step,
    former_holder,
    open_,
)
from zhicheng.core.words import words

CONTESTED = open_("contested", Role.OFFICER, words("Jurisdiction disputed"), usual=("keep", "transfer"))


def not_passed_on(context: Context) -> Refusal | None:
    """What was distributed here is returned or disputed, not passed on; a superior that decides a dispute may."""
    if former_holder(context.history) is None or context.last("contest") is not None:
        return None
    return Refusal(
        words("This was distributed to your body: return it to where it came from, or dispute the jurisdiction.")
    )


def distributing(order: Order, received: State, *, within: str) -> tuple[Step, ...]:
    """Distribution, return, and the dispute about jurisdiction; `within` is the limit that goes on meanwhile."""
    return (
        transferring(
            (received | CONTESTED) >> received, label=words("Distribute to the body in charge"),
            guards=(not_passed_on,), form="market_distribution", citation=order.cite("distribute"), within=within,
        ),
        returning(received, until=""),
        Step(
            "contest", received >> CONTESTED, DESK, words("Dispute the jurisdiction"), needs=(BODY, REASON),
            effects=frozenset({Effect.INVOLVE}), notify=(Role.ASSISTING, Role.LEADER), internal=True,
            citation=order.cite("contest"),
        ),
        Step(
            "keep", CONTESTED >> received, (*DESK, Role.LEADER), words("Settled: it stays here"),
            needs=(AMONG_BODIES,), within="market.jurisdiction", notify=(Role.CLERK,), internal=True,
            citation=order.cite("contest"),
        ),
    )  # fmt: skip
