"""May this step be taken? The one answer that every door of the house asks for.

>>> from datetime import date, datetime, UTC
>>> from zhicheng.core.access import Role
>>> from zhicheng.core.process.states import final, open_
>>> received, closed = open_("received", Role.CLERK), final("closed")
>>> letter = Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(received, closed),
...     steps=(Step("answer", received >> closed, Role.CLERK),))
>>> context = Context(now=datetime(2026, 11, 23, tzinfo=UTC), actor_key="user:1", state="received")
>>> [step.verb for step in available(letter, context, frozenset({Role.CLERK}))]
['answer']
>>> str(refusal_of(letter, "answer", context, frozenset({Role.OFFICER})))
'Your role does not allow this step here.'
"""

from zhicheng.core.access import Role
from zhicheng.core.process.context import Context, Refusal
from zhicheng.core.process.steps import Effect, Step
from zhicheng.core.process.table import Process
from zhicheng.core.words import words


def refusal_of(process: Process, verb: str, context: Context, roles: frozenset[Role]) -> Refusal | None:
    """Why `verb` may not be taken now by somebody with `roles`, or `None` if it may."""
    step = process.step(context.state, verb)
    if step is None:
        return Refusal(
            words("This step cannot be taken while the matter is in the state “{state}”."),
            {"state": process.state(context.state).label},
        )
    if step.roles.isdisjoint(roles):
        return Refusal(words("Your role does not allow this step here."))
    if (refusal := _refusal_of_clocks(process, step, context)) is not None:
        return refusal
    return next(filter(None, (guard(context) for guard in step.guards)), None)


def _refusal_of_clocks(process: Process, step: Step, context: Context) -> Refusal | None:
    """Why the clocks forbid the step: what it would do to them has been done, or its time has passed.

    A request is judged as what it asks for. A step that leads on may pause or resume what there is.
    """
    asked = process.step(context.state, step.verb.removeprefix("request_")) or step
    clocks, effects, stays = context.clocks, asked.effects, asked.move.target is None
    if step.until in clocks.over:
        last = clocks.over[step.until]
        return Refusal(words("This could be done until {last}: the matter stays where it is."), {"last": last})
    if Effect.EXTEND in effects and clocks.extended == clocks.running:
        return Refusal(
            words("The time has been extended once already.")
            if clocks.running
            else words("No limit runs that could be extended.")
        )
    if stays and Effect.PAUSE in effects and clocks.paused == clocks.running:
        return Refusal(
            words("The time stands still already.")
            if clocks.running
            else words("No limit runs that could be paused.")
        )
    if stays and Effect.RESUME in effects and not clocks.paused:
        return Refusal(words("The time does not stand still."))
    return None


def available(process: Process, context: Context, roles: frozenset[Role]) -> tuple[Step, ...]:
    """Every step that somebody with `roles` may take now, in the order of the table."""
    return tuple(
        step
        for step in process.steps_from(context.state)
        if refusal_of(process, step.verb, context, roles) is None
    )
