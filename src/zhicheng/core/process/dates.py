"""Guards on the dates that steps tell: what happened because of a step did not happen before it.

>>> from datetime import UTC, date, datetime
>>> from zhicheng.core.process.context import Taken
>>> proved = Taken("prove", "company:1", datetime(2026, 11, 23, 9, tzinfo=UTC), {})
>>> look = Context(proved.at, "user:1", "rectified", (proved,), data={"checked_on": date(1990, 1, 1)})
>>> str(not_before("checked_on", "open", "prove")(look))
'This cannot have been before 2026-11-23.'
"""

from zhicheng.core.clock.due import local
from zhicheng.core.process.context import Context, Guard, Refusal
from zhicheng.core.words import words


def not_before(need: str, *verbs: str) -> Guard:
    """The date given for `need` is that of the latest of these steps or a later one."""

    def after_it(context: Context) -> Refusal | None:
        given, latest = context.data.get(need), context.last(*verbs)
        if given is None or latest is None or given >= (earliest := local(latest.at).date()):
            return None
        return Refusal(words("This cannot have been before {earliest}."), {"earliest": earliest}, field=need)

    return after_it
