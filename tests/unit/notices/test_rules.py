"""What is decided about telling people."""

from zhicheng.ground.notices import rules


def test_only_what_was_dropped_is_never_sent_again() -> None:
    reasons = {
        rules.CLOSED, rules.NO_EMAIL, rules.NO_NUMBER, rules.NO_WAY, rules.LANDLINE, rules.GIVEN_UP,
        rules.NO_ACCOUNT, rules.NO_ADDRESS, rules.ERASED, rules.STOPPED,
    }  # fmt: skip
    assert {reason for reason in reasons if not rules.may_be_tried_again(reason)} == {rules.ERASED, rules.STOPPED}
