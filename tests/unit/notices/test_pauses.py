"""The pauses between attempts."""

from datetime import timedelta
from itertools import pairwise

from zhicheng.ground.notices.rules import MOST_ATTEMPTS, pause_after


def test_pauses_grow_threefold_and_last_through_a_night() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses[0] == timedelta(seconds=30)
    assert all(later == 3 * sooner for sooner, later in pairwise(pauses))
    assert timedelta(hours=8) < sum(pauses, timedelta()) < timedelta(hours=12)
