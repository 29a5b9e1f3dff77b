"""What cases ask of packs besides what their tables do."""

from collections.abc import Iterator

from zhicheng.cases.erasure.queries import RETENTION as CASE_RETENTION
from zhicheng.cases.guarding import REOPENING
from zhicheng.cases.hotline.retention import RETENTION as CALL_RETENTION
from zhicheng.cases.hotspots.rules import GROWTH, REACH, WINDOW
from zhicheng.cases.kinds import KINDS
from zhicheng.core.words import words
from zhicheng.ground.packs.api import LIMITS, TERMS, Demand


def demands_of_cases() -> Iterator[Demand]:
    """How long a case can be reopened, is kept, and is kept by the archive; and the categories of every kind."""
    yield Demand(LIMITS, REOPENING, words("Reopen"))
    yield Demand(LIMITS, CASE_RETENTION, words("Cases"))
    yield Demand(LIMITS, CALL_RETENTION, words("Calls"))
    for key in (REACH, GROWTH, WINDOW):
        yield Demand(LIMITS, key, words("Hot spots"))
    for rule in dict.fromkeys(kind.kept_for for kind in KINDS):
        yield Demand(LIMITS, rule, words("Archive"))
    for kind in KINDS:
        for catalogue in kind.categories:
            yield Demand(TERMS, catalogue, kind.label, kind.domain)
