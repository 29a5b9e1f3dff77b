"""The panel on the page of a market complaint, for those of its body who decide about it."""

from collections.abc import Mapping
from typing import Any

from zhicheng.cases.market.kind import MARKET_COMPLAINT_KIND
from zhicheng.cases.models import Case
from zhicheng.cases.queries import proceedings_for
from zhicheng.cases.signs.queries import signs_about
from zhicheng.core.access import Actor, Role
from zhicheng.core.words import words
from zhicheng.ground.ui.panels import Panel
from zhicheng.ground.ui.templatetags.house import sentence

DECIDING = {Role.CLERK, Role.OFFICER, Role.LEADER}


def signs_panel() -> Panel:
    """The panel to register for cases."""
    title = words("Signs of complaining as a business")
    return Panel("signs", title, "cases/_signs.html", of_case, place=8)


def of_case(actor: Actor, case_id: int) -> Mapping[str, Any] | None:
    """The signs, for clerk, officer and leader of a body that handles the complaint."""
    told = Case.objects.filter(category__catalogue__in=MARKET_COMPLAINT_KIND.categories)
    case = told.select_related("reporter", "area").filter(id=case_id).first()
    if case is None:
        return None
    complaints = [one for one in proceedings_for(case, actor) if one.kind == MARKET_COMPLAINT_KIND.key]
    if not any(actor.roles_on(one.matter()) & DECIDING for one in complaints):
        return None
    signs = signs_about(case)
    said = [(sentence(sign.label, {"count": sign.count}), sign.threshold) for sign in signs]
    return {"signs": said} if said else None
