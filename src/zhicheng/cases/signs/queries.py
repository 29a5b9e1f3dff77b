"""The complaints of one number in a city, counted for whoever decides about one of them."""

from zhicheng.cases.market.kind import MARKET_COMPLAINT_KIND
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.signs.rules import WINDOW, Sign, Told, signs_of
from zhicheng.ground.personal.api import find_contacts_of_same_number
from zhicheng.ground.search.api import terms_of

MOST_COMPARED = 500


def signs_about(case: Case) -> tuple[Sign, ...]:
    """The signs of a market complaint; none where nobody left a number.

    Counted over the whole city, whoever handles the others: only counts leave this module, no case does.
    """
    if case.reporter is None or not case.reporter.phone_index:
        return ()
    found = Case.objects.filter(
        reporter__in=find_contacts_of_same_number(case.reporter), historical=False,
        category__catalogue__in=MARKET_COMPLAINT_KIND.categories, area__path__startswith=_city(case.area.path),
        received_at__gt=case.received_at - WINDOW, received_at__lte=case.received_at,
    ).exclude(id=case.id)  # fmt: skip
    rows = list(
        found.order_by("-received_at", "-id").values_list("id", "received_at", "respondent")[:MOST_COMPARED]
    )
    terms = terms_of(SUBJECT, [case.id, *(one for one, _, _ in rows)])
    return signs_of(
        Told(case.received_at, case.respondent, terms.get(case.id, frozenset())),
        [Told(at, against, terms.get(one, frozenset())) for one, at, against in rows],
    )


def _city(path: str) -> str:
    """The beginning that the paths of everything in the same city share: `/province/city/`."""
    return "/".join(path.split("/")[:3]) + "/"
