from hypothesis import given
from hypothesis import strategies as st

from zhicheng.runtime.restart import History, RestartPolicy, after_exit

READY = History(ever_ready=True)


def delays(policy, history, runs):
    found = []
    for ran_for_s in runs:
        history, delay = after_exit(policy, history, ran_for_s=ran_for_s)
        found.append(delay)
    return found


def test_delays_double_up_to_the_longest():
    policy = RestartPolicy(first_delay_s=0.5, longest_delay_s=3.0)
    assert delays(policy, READY, [0.0] * 5) == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_quick_tries_come_at_the_first_delay():
    policy = RestartPolicy(first_delay_s=0.2, quick_tries=3)
    assert delays(policy, READY, [0.0] * 5) == [0.2, 0.2, 0.2, 0.4, 0.8]


def test_a_stable_run_clears_the_count():
    policy = RestartPolicy(first_delay_s=1.0, stable_after_s=10.0)
    assert delays(policy, READY, [0.0, 0.0, 9.9, 10.0]) == [1.0, 2.0, 4.0, 1.0]


def test_what_was_never_ready_is_given_up_however_long_it_ran():
    policy = RestartPolicy(tries_before_ready=3)
    assert delays(policy, History(), [60.0] * 3)[-1] is None


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_what_was_ready_once_is_never_given_up(runs):
    policy = RestartPolicy()
    assert all(policy.first_delay_s <= delay <= policy.longest_delay_s for delay in delays(policy, READY, runs))
