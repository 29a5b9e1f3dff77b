"""What an `approval` in a table stands for: a request, its approval by another person, and its refusal.

>>> from datetime import UTC, datetime
>>> from zhicheng.core.process.context import Taken
>>> asked = Taken("request_close", "user:1", datetime(2026, 11, 23, tzinfo=UTC), {}, "open")
>>> context = Context(now=asked.at, actor_key="user:2", state="open", history=(asked,))
>>> is_pending(context, "close", frozenset({"open"}))
True
"""

from collections.abc import Iterable
from dataclasses import replace

from zhicheng.core.access import OUTSIDE, Role
from zhicheng.core.process.context import Context, Guard, Refusal
from zhicheng.core.process.needs import REASON
from zhicheng.core.process.states import Move
from zhicheng.core.process.steps import Step
from zhicheng.core.words import words


def expanded(steps: Iterable[Step]) -> Iterable[Step]:
    """The steps with every `approval` spelt out as request, approval and refusal of the request."""
    for step in steps:
        if step.approval is None:
            yield step
        else:
            yield from _spelt_out(step, step.approval)


def _spelt_out(step: Step, approver: Role) -> Iterable[Step]:
    """The step's own guards hold at the request and again at the approval, which comes later."""
    stays = Move(step.move.sources, None)
    states = frozenset(source.key for source in step.move.sources)
    pending = _pending(step.verb, states)
    # What somebody outside asks for is no secret to them, nor is the answer.
    internal = step.roles.isdisjoint(OUTSIDE)
    yield replace(
        step, verb=f"request_{step.verb}", move=stays, approval=None, within=None, form="",
        effects=frozenset(), internal=internal, guards=(*step.guards, _not_pending(step.verb, states)),
        notify=(approver,), owed=False,
    )  # fmt: skip
    yield replace(step, role=approver, approval=None, approves=True, needs=(), guards=(*step.guards, pending))
    yield Step(
        f"decline_{step.verb}", stays, approver, label=words("Decline the request"),
        needs=(REASON,), guards=(pending,), internal=internal, notify=() if internal else (Role.COMPANY,),
    )  # fmt: skip


def is_pending(context: Context, verb: str, states: frozenset[str]) -> bool:
    """Whether a request for `verb` stands: neither approved nor declined, and `states` never left since.

    A request that the matter has moved away from is void: whoever comes to hold the matter later has to ask
    anew.
    """
    answered = (verb, f"decline_{verb}")
    for taken in reversed(context.history):
        if taken.verb == f"request_{verb}":
            return True
        if taken.verb in answered or (taken.to and taken.to not in states):
            return False
    return False


def awaited_approver(steps: Iterable[Step], context: Context) -> Role | None:
    """The role that has to answer a standing request, if there is one: the matter is theirs until they do.

    `steps` are those of the state, spelt out.
    """
    offered = list(steps)
    approvals = {step.verb: step for step in offered}
    for step in offered:
        verb = step.verb.removeprefix("request_")
        if verb == step.verb or verb not in approvals:
            continue
        if is_pending(context, verb, frozenset(source.key for source in step.move.sources)):
            return next(iter(approvals[verb].roles))
    return None


def _pending(verb: str, states: frozenset[str]) -> Guard:
    def requested(context: Context) -> Refusal | None:
        if not is_pending(context, verb, states):
            return Refusal(words("Nobody has requested this."))
        request = context.last(f"request_{verb}")
        if request is not None and request.by == context.actor_key:
            return Refusal(words("Another person has to approve what you requested."))
        return None

    return requested


def _not_pending(verb: str, states: frozenset[str]) -> Guard:
    def unrequested(context: Context) -> Refusal | None:
        if is_pending(context, verb, states):
            return Refusal(words("This has been requested already."))
        return None

    return unrequested
