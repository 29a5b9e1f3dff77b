"""What is asked during a call, by the day that it is in the city."""

from datetime import UTC, datetime

from integration.cases.conftest import City
from zhicheng.cases.api import kinds_chosen
from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.desk.calls.forms import TOLD, CallForm
from zhicheng.ground.packs.api import list_terms


def test_before_eight_in_the_morning_it_is_the_citys_day(city: City, agent: Actor) -> None:
    early = datetime(2026, 11, 23, 6, 30, tzinfo=LOCAL).astimezone(UTC)
    form = CallForm(actor=agent, now=early)
    term = next(term for term in list_terms("market.category", city.town) if term.code == "no_refund")
    form.ask(term, kinds_chosen(term.catalogue, []))
    assert form.fields[f"{TOLD}bought_on"].widget.attrs["max"] == "2026-11-23"
