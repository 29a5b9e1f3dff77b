"""What of a case is kept from the company that has to answer in it.

Whoever complains and reports a breach in one go writes one text. The report, and that there is one, is kept from
whoever is reported (Order 121 §37), so the text and its photographs are too: the papers say what is complained of.
"""

from collections.abc import Collection

from zhicheng.cases.reports.leads import reported_among
from zhicheng.ground.ui.record import Audience


def withheld_among(case_ids: Collection[int], audience: Audience) -> set[int]:
    """Of which of these cases such a reader gets neither the reporter's words nor their photographs."""
    return reported_among(case_ids) if audience is Audience.OUTSIDE else set()
