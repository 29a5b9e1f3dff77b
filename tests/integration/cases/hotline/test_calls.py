"""What becomes of a call: a case, an addition to one, or an answer; and who it was that called."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from integration.cases.conftest import City
from zhicheng.cases.api import (
    Call,
    Case,
    Complaint,
    Outcome,
    Taken,
    add_by_call,
    answer_by_call,
    find_reporter,
    find_similar,
    loop_of,
    open_by_call,
    secret_hash,
)
from zhicheng.cases.erasure.services import BY_RULE
from zhicheng.cases.hotline.retention import erase_due_calls
from zhicheng.core.access import Actor, Role
from zhicheng.core.phones import PhoneError
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.personal.api import list_texts
from zhicheng.ground.proceedings.api import StepRefused, list_history


def test_a_call_opens_a_case_for_the_caller(complaint: Complaint, taken: Taken, agent: Actor, now: datetime):
    result = open_by_call(taken=taken, complaint=complaint, by=agent, now=now + timedelta(seconds=50))
    call, case = result.call, result.call.case
    assert (call.outcome, call.case, call.reporter) == (Outcome.OPENED, case, case.reporter)
    assert (call.ended_at - call.began_at).total_seconds() == 50
    assert bytes(case.secret_hash) == secret_hash(result.secret)
    assert list_history(("case", case.id))[0].actor == agent.key
    assert list_entries(("call", call.id))[0].actor == agent.key


def test_a_call_sent_twice_is_one_call_and_gives_one_secret(
    complaint: Complaint, taken: Taken, agent: Actor, now: datetime
):
    first, second = (open_by_call(taken=taken, complaint=complaint, by=agent, now=now) for _ in range(2))
    assert (first.call, first.secret) == (second.call, second.secret)
    assert (Call.objects.count(), Case.objects.count()) == (1, 1)


def test_what_a_caller_adds_reaches_the_case_once(case: Case, taken: Taken, agent: Actor, now: datetime):
    for _ in range(2):
        result = add_by_call(taken=taken, case=case, text="昨夜又漏了。", by=agent, now=now)
    assert (result.call.outcome, result.call.case) == (Outcome.ADDED, case)
    added = [step for step in list_history(("case", case.id)) if step.verb == "supplement"]
    assert len(added) == 1
    assert list_texts(("proceeding", loop_of(case).id)).get().text == "昨夜又漏了。"


def test_nothing_is_added_to_a_case_of_another_city(case: Case, taken: Taken, agent: Actor, now: datetime):
    stranger = replace(agent, reaches=())
    with pytest.raises(Case.DoesNotExist):
        add_by_call(taken=taken, case=case, text="昨夜又漏了。", by=stranger, now=now)
    assert not Call.objects.exists()


def test_a_recorded_case_takes_no_addition(case: Case, taken: Taken, agent: Actor, now: datetime, city: City):
    clerk = replace(agent, reaches=(replace(agent.reaches[0], role=Role.CLERK),))
    with pytest.raises(StepRefused):
        add_by_call(taken=taken, case=case, text="昨夜又漏了。", by=clerk, now=now)
    assert not Call.objects.exists()


def test_an_answer_needs_no_case(taken: Taken, agent: Actor, now: datetime):
    call = answer_by_call(taken=taken, text="问保修期。", by=agent, now=now).call
    assert (call.outcome, call.case) == (Outcome.ANSWERED, None)
    assert list_texts(("call", call.id)).get().text == "问保修期。"


def test_a_caller_is_found_by_any_spelling_and_the_look_up_is_recorded(case: Case, agent: Actor, now: datetime):
    known, cases = find_reporter(phone="+86 138-0000-1234", by=agent, now=now)
    assert (known, cases) == (case.reporter, [case])
    assert [entry.act for entry in list_entries(("contact", known.id))] == ["look_up"]


def test_nobody_is_found_whose_cases_the_agent_may_not_see(case: Case, agent: Actor, now: datetime):
    assert find_reporter(phone="13800001234", by=replace(agent, reaches=()), now=now) == (None, [])


def test_what_is_no_number_is_refused(agent: Actor, now: datetime):
    with pytest.raises(PhoneError):
        find_reporter(phone="1380", by=agent, now=now)


def test_the_same_matter_told_again_is_found(case: Case, city: City, agent: Actor, now: datetime):
    told = "顶板渗漏，卫生间，要求处理"
    found = find_similar(actor=agent, area=city.town, text=told, now=now, category=case.category)
    assert [one.case for one in found] == [case]
    assert find_similar(actor=agent, area=city.town, text="电梯停运", now=now) == []
    assert find_similar(actor=agent, area=city.town, text=told, now=now + timedelta(days=61)) == []
    assert find_similar(actor=replace(agent, reaches=()), area=city.town, text=told, now=now) == []


def test_another_call_is_another_call(taken: Taken, agent: Actor, now: datetime):
    for key in (taken.request_key, uuid4()):
        answer_by_call(taken=replace(taken, request_key=key), text="问保修期。", by=agent, now=now)
    assert Call.objects.count() == 2


def test_who_called_is_forgotten_after_the_limit(taken: Taken, agent: Actor, now: datetime):
    call = answer_by_call(taken=taken, text="问保修期。", by=agent, now=now).call
    assert erase_due_calls(by=BY_RULE, now=now + timedelta(days=180)) == 0
    for expected in (1, 0):
        assert erase_due_calls(by=BY_RULE, now=now + timedelta(days=181)) == expected
    call.refresh_from_db()
    assert call.reporter.erased_at is not None
    assert list_texts(("call", call.id)).get().text == ""
    assert [entry.act for entry in list_entries(("call", call.id))] == ["take_call", "call.erase"]


def test_what_belongs_to_a_case_is_forgotten_with_the_case(
    complaint: Complaint, taken: Taken, agent: Actor, now: datetime
):
    open_by_call(taken=taken, complaint=complaint, by=agent, now=now)
    assert erase_due_calls(by=BY_RULE, now=now + timedelta(days=400)) == 0
