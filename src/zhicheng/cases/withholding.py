"""What of a case is kept from the company that has to answer in it.

Whoever complains and reports a breach in one go writes one text. The report, and that there is one, is kept from
whoever is reported (Order 121 §37), so the text and its photographs are too: the papers say what is complained of.
Who reports a hazard or unsafe produce often works where it is, and the words would say so: the order says what the
body found itself.
"""

from collections.abc import Collection

from zhicheng.cases.kinds import KINDS
from zhicheng.cases.models import SUBJECT
from zhicheng.cases.reports.leads import reported_among
from zhicheng.ground.proceedings.api import Proceeding
from zhicheng.ground.ui.record import Audience


def withheld_among(case_ids: Collection[int], audience: Audience) -> set[int]:
    """Of which of these cases such a reader gets neither the reporter's words nor their photographs."""
    if audience is not Audience.OUTSIDE:
        return set()
    kinds = [kind.key for kind in KINDS if kind.withheld]
    held = Proceeding.objects.filter(kind__in=kinds, subject_kind=SUBJECT, subject_id__in=case_ids)
    return reported_among(case_ids) | set(held.values_list("subject_id", flat=True))
