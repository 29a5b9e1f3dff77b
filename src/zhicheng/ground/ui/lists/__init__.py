"""The one list of the house. A feature declares it; filters, sorts, pages, exports and saved views follow.

CASES = RecordList(
    key="cases", title=words("Cases"), rows=lambda actor: Case.objects.visible_to(actor),
    columns=(
        Column("number", words("Number"), lambda case: case.number, sort="number", link=case_address),
        Column("opened", words("Opened"), lambda case: case.opened_at, kind=Kind.MOMENT, sort="opened_at"),
    ),
    filters=(Choice("state", words("State"), STATES), DateRange("opened_on", words("Opened"), "opened_at")),
    default_sort="-opened",
    empty=Empty(words("No case yet"), words("Take down the first complaint.")),
)

def cases(request): return list_view(request, CASES)
"""

from zhicheng.ground.ui.lists.fields import OptionField, Options
from zhicheng.ground.ui.lists.filters import AreaFilter, Choice, DateRange, Filter, Flag, Text
from zhicheng.ground.ui.lists.spec import Choosing, Column, Empty, Kind, RecordList, Tool
from zhicheng.ground.ui.lists.views import list_view

__all__ = [
    "AreaFilter",
    "Choice",
    "Choosing",
    "Column",
    "DateRange",
    "Empty",
    "Filter",
    "Flag",
    "Kind",
    "OptionField",
    "Options",
    "RecordList",
    "Text",
    "Tool",
    "list_view",
]
