"""Links that stop notices: short, for one thing only, and made by nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.ground.notices.models import RecipientKind
from zhicheng.ground.notices.registry import TOPICS, Topic
from zhicheng.ground.notices.stopping import Stoppable, code_of, read_code, stop_path

FORGED = ("c-1z", "u-1z", "umatters-1z", "c-١", "c-1Z")
IDS = st.integers(1, 2**63 - 1)


@given(IDS)
def test_a_contact_s_link_is_read_again(pk: int) -> None:
    what = Stoppable(RecipientKind.CONTACT, pk)
    assert read_code(code_of(what)) == what
    assert len(stop_path(what)) <= 40


@given(IDS, st.sampled_from(sorted(TOPICS)))
def test_an_account_s_link_is_for_one_topic(pk: int, topic: Topic) -> None:
    what = Stoppable(RecipientKind.USER, pk, topic)
    assert read_code(code_of(what)) == what


def test_nobody_makes_one_for_somebody_else() -> None:
    code = code_of(Stoppable(RecipientKind.CONTACT, 71))
    signature = code.rpartition("-")[2]
    assert read_code(f"c-{int('1z', 36) + 1:x}-{signature}") is None
    assert read_code(f"umatters-1z-{signature}") is None
    assert read_code(code[:-1] + ("0" if code[-1] != "0" else "1")) is None


@pytest.mark.parametrize(
    "code", ["", "c", "c--", "c-1z-", "../..", "c-1z-" + "0" * 16, "u-1z-" + "0" * 16, "c-١-" + "0" * 16]
)
def test_what_is_no_code_is_read_as_none(code: str) -> None:
    assert read_code(code) is None


def test_what_stands_under_messages_is_no_topic() -> None:
    assert read_code(code_of(Stoppable(RecipientKind.USER, 5, Topic.FOOT))) is None
