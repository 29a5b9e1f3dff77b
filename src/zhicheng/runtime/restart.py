"""When a service that ended is started again: decided from numbers alone.

>>> policy = RestartPolicy()
>>> history = History().became_ready()
>>> history, delay = after_exit(policy, history, ran_for_s=3600.0)
>>> delay, history.failures
(0.2, 1)
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """`quick_tries` attempts `first_delay_s` apart, then doubling up to `longest_delay_s`.

    A run of at least `stable_after_s` seconds clears the count. A service never yet ready is given up
    after `tries_before_ready` attempts: it is misconfigured, not unlucky. One that was ready, never.
    """

    first_delay_s: float = 0.2
    longest_delay_s: float = 10.0
    quick_tries: int = 1
    stable_after_s: float = 10.0
    tries_before_ready: int = 5


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a service so far: failures in a row, and whether it was ever ready."""

    failures: int = 0
    ever_ready: bool = False

    def became_ready(self) -> "History":
        """The same history after the service answered."""
        return replace(self, ever_ready=True)


def after_exit(policy: RestartPolicy, history: History, *, ran_for_s: float) -> tuple[History, float | None]:
    """The new history and the seconds to wait before the next start; None means give up."""
    was_stable = history.ever_ready and ran_for_s >= policy.stable_after_s
    failures = 1 if was_stable else history.failures + 1
    new = replace(history, failures=failures)
    if not new.ever_ready and failures >= policy.tries_before_ready:
        return new, None
    doublings = min(max(0, failures - policy.quick_tries), 30)
    return new, min(policy.longest_delay_s, policy.first_delay_s * 2**doublings)
