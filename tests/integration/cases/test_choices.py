"""A list is narrowed to what its reader works on: the states and categories of the reader's own kinds."""

from dataclasses import replace

import pytest

from integration.cases.conftest import City
from zhicheng.cases.choices import WORDED, categories, categories_by_kind, states
from zhicheng.cases.kinds import KINDS
from zhicheng.cases.lists import CASES
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor, Domain, Role
from zhicheng.ground.packs.api import Term
from zhicheng.ground.ui.lists.filters import Choice


def competent_for(city: City, *domains: Domain) -> Actor:
    officer = city.staff(2, Role.OFFICER)
    return replace(officer, reaches=tuple(replace(one, domains=frozenset(domains)) for one in officer.reaches))


def test_an_officer_of_one_kind_is_offered_its_states_alone(city: City) -> None:
    offered = states(competent_for(city, Domain.TOURISM))
    own = {state.label for kind in KINDS if kind.domain is Domain.TOURISM for state in kind.versions[-1].states}
    loop = {state.label for state in LOOP.states if state.key not in ("open", "recorded")}
    assert {label for _, label in offered} == own | loop
    assert all(value in WORDED[str(label)] for value, label in offered)


def test_several_kinds_stand_in_groups_below_what_they_share(city: City) -> None:
    offered = states(competent_for(city, Domain.TOURISM, Domain.HOUSING))
    groups = dict(one for one in offered if not isinstance(one[1], str))
    labels = [label for _, label in offered if isinstance(label, str)]
    labels += [label for _, own in offered if not isinstance(own, str) for _, label in own]
    assert set(groups) == {"Tourism complaint", "Hazard"}, "what the housing kinds have, they share"
    assert len(labels) == len(set(labels)), "each state stands once"


@pytest.fixture
def terms(city: City) -> None:
    """One category in each of two catalogues, below a heading."""
    for catalogue in ("tourism.category", "market.category"):
        heading = Term.objects.create(catalogue=catalogue, code=f"{catalogue}-h", zh="头", en="Head",
                                      valid_from=city.town.valid_from, sort=1)  # fmt: skip
        Term.objects.create(catalogue=catalogue, code=f"{catalogue}-leaf", zh="叶", en="Leaf", parent=heading,
                            valid_from=city.town.valid_from, sort=2)  # fmt: skip


def test_categories_are_those_of_the_readers_kinds(city: City, terms: None) -> None:
    travel = competent_for(city, Domain.TOURISM)
    codes = {code for code, _ in categories(travel)}
    catalogues = Term.objects.filter(code__in=codes, parent__isnull=False).values_list("catalogue", flat=True)
    assert (set(catalogues), "market.category-leaf" in codes) == ({"tourism.category"}, False)
    assert categories_by_kind(travel) == categories(travel), "one kind needs no heading"
    both = dict(categories_by_kind(competent_for(city, Domain.TOURISM, Domain.MARKET)))
    assert list(both) == ["Market complaint", "Tourism complaint"]
    assert {code for code, _ in both["Tourism complaint"]} == codes
    assert "market.category-leaf" in {code for code, _ in both["Market complaint"]}


def test_whoever_has_no_domain_is_offered_every_kind(city: City) -> None:
    company = city.company(city.builder)
    assert {name for name, own in states(company) if not isinstance(own, str)} >= {"Tourism complaint", "Hazard"}


def test_the_list_takes_what_it_offers_and_names_what_it_does_not(city: City) -> None:
    choice = next(one for one in CASES.filters if isinstance(one, Choice) and one.name == "state")
    field = choice.fields(competent_for(city, Domain.TOURISM, Domain.HOUSING))["state"]
    for value in ("housing_quality:ordered", "tourism_complaint:answering"):
        assert field.clean(value) == value
    assert "<optgroup" in str(field.widget.render("state", ""))
