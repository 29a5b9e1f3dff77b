"""A step that needs approval: asked for by one person, approved or declined by another."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhicheng.core.access import Role
from zhicheng.core.process import (
    NOTE,
    REASON,
    Context,
    Effect,
    Process,
    Refusal,
    Step,
    Taken,
    available,
    final,
    open_,
    refusal_of,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HELD, PARKED, GONE = open_("held", Role.OFFICER), open_("parked", Role.OFFICER), final("gone")


def not_on_sunday(context: Context) -> Refusal | None:
    return Refusal("Not on Sundays.") if context.now.weekday() == 6 else None


DROP = Step("drop", HELD >> GONE, Role.OFFICER, "Drop", needs=(REASON, NOTE), guards=(not_on_sunday,),
            within="drop.limit", approval=Role.LEADER, form="paper", citation="rule 1", notify=(Role.REPORTER,),
            effects=frozenset({Effect.RESUME}), grave=True)  # fmt: skip
TABLE = Process(
    key="thing", label="Thing", in_force=date(2020, 1, 1), states=(HELD, PARKED, GONE),
    steps=(DROP, Step("park", HELD >> PARKED, Role.OFFICER), Step("fetch", PARKED >> HELD, Role.OFFICER)),
)  # fmt: skip
OFFICER, LEADER = frozenset({Role.OFFICER}), frozenset({Role.LEADER})


def after(*steps: tuple[str, str, str], by: str = "user:2", now: datetime = NOW) -> Context:
    """The context after (verb, actor, state it led to), while `by` looks at it."""
    history = tuple(
        Taken(verb, actor, NOW - timedelta(days=9 - number), {}, to)
        for number, (verb, actor, to) in enumerate([("open", "user:1", "held"), *steps])
    )
    return Context(now=now, actor_key=by, state=history[-1].to, history=history)


def said(verb: str, context: Context, roles: frozenset[Role]) -> str | None:
    refusal = refusal_of(TABLE, verb, context, roles)
    return str(refusal) if refusal else None


ASKED = ("request_drop", "user:1", "held")


def test_it_becomes_request_approval_and_refusal() -> None:
    assert [step.verb for step in TABLE.steps] == ["request_drop", "drop", "decline_drop", "park", "fetch"]
    assert all(step.approval is None for step in TABLE.steps)


def test_the_request_stays_where_it_is_and_does_nothing_else() -> None:
    request = TABLE.steps[0]
    assert request.roles == OFFICER
    assert request.target_from("held") == "held"
    assert request.needs == DROP.needs
    assert (request.effects, request.form, request.within) == (frozenset(), "", None)
    assert (request.notify, request.internal) == ((Role.LEADER,), True)


def test_the_approval_is_the_step_itself_by_the_approver() -> None:
    approval = TABLE.steps[1]
    assert approval.roles == LEADER
    assert approval.target_from("held") == "gone"
    assert approval.needs == ()
    assert (approval.effects, approval.form, approval.within) == (DROP.effects, "paper", "drop.limit")
    assert (approval.notify, approval.grave, approval.internal) == ((Role.REPORTER,), True, False)


def test_the_refusal_stays_and_gives_a_reason() -> None:
    decline = TABLE.steps[2]
    assert decline.roles == LEADER
    assert decline.target_from("held") == "held"
    assert (decline.needs, decline.internal) == ((REASON,), True)


def test_nothing_is_approved_or_declined_that_nobody_requested() -> None:
    for verb in ("drop", "decline_drop"):
        assert said(verb, after(), LEADER) == "Nobody has requested this."


def test_a_request_is_made_once_and_answered_once() -> None:
    assert said("request_drop", after(), OFFICER) is None
    asked = after(ASKED)
    assert said("request_drop", asked, OFFICER) == "This has been requested already."
    assert said("drop", asked, LEADER) is None
    assert said("decline_drop", asked, LEADER) is None
    declined = after(ASKED, ("decline_drop", "user:2", "held"))
    assert said("drop", declined, LEADER) == "Nobody has requested this."
    assert said("request_drop", declined, OFFICER) is None
    again = after(ASKED, ("decline_drop", "user:2", "held"), ASKED)
    assert said("drop", again, LEADER) is None


@pytest.mark.parametrize("verb", ["drop", "decline_drop"])
def test_nobody_answers_their_own_request_whatever_else_they_are(verb: str) -> None:
    own = after(ASKED, by="user:1")
    assert said(verb, own, OFFICER | LEADER) == "Another person has to approve what you requested."


def test_the_officer_does_not_approve_and_the_leader_does_not_ask() -> None:
    assert said("drop", after(ASKED), OFFICER) == "Your role does not allow this step here."
    assert said("request_drop", after(), LEADER) == "Your role does not allow this step here."


def test_a_request_is_void_once_the_matter_has_moved_on() -> None:
    back = after(ASKED, ("park", "user:1", "parked"), ("fetch", "user:3", "held"))
    assert said("drop", back, LEADER) == "Nobody has requested this."
    assert said("request_drop", back, OFFICER) is None


def test_other_steps_in_the_same_state_leave_the_request_standing() -> None:
    assert said("drop", after(ASKED, ("note", "user:3", "held")), LEADER) is None


def test_the_guard_holds_at_the_request_and_again_at_the_approval() -> None:
    sunday = NOW + timedelta(days=6)
    assert said("request_drop", after(now=sunday), OFFICER) == "Not on Sundays."
    assert said("drop", after(ASKED, now=sunday), LEADER) == "Not on Sundays."
    assert said("decline_drop", after(ASKED, now=sunday), LEADER) is None


def test_what_is_offered_follows() -> None:
    assert [step.verb for step in available(TABLE, after(), OFFICER)] == ["request_drop", "park"]
    assert available(TABLE, after(), LEADER) == ()
    assert [step.verb for step in available(TABLE, after(ASKED), LEADER)] == ["drop", "decline_drop"]
