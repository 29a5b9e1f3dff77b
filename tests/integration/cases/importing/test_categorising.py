"""A historical case is given its category by an officer, in the ledger, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from integration.cases.importing.earlier_files import confirm_import, proposed_mapping, receive_file, row
from zhicheng.cases.category import categorise_case, may_categorise
from zhicheng.cases.models import Case
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.importing.services import carry_out
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.packs.api import Term, forget_loaded
from zhicheng.ground.proceedings.api import Step

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def earlier(csv_file, office, officer, now) -> Case:
    with csv_file(row("1")).open("rb") as source:
        run, table = receive_file(source=source, name="earlier.csv", organization=office, by=officer, now=now)
    confirm_import(run=run, mapping=proposed_mapping(office, table), system="wenzheng", now=now)
    carry_out(key=run.key, now=now)
    return Case.objects.get()


@pytest.fixture
def leak(database) -> Term:
    group = Term.objects.create(
        catalogue="housing.category", code="g", zh="防水", en="Water", valid_from="2020-01-01"
    )
    term = Term.objects.create(
        catalogue="housing.category", code="leak", parent=group, zh="渗漏", en="Leaks", valid_from="2020-01-01"
    )
    forget_loaded()
    return term


def test_an_officer_gives_a_category_and_the_ledger_keeps_it(earlier, leak, officer, now):
    categorise_case(case=earlier, category=leak, by=officer, now=now)
    categorise_case(case=earlier, category=leak, by=officer, now=now)

    assert Case.objects.get().category == leak
    entries = [entry for entry in list_entries(("case", earlier.id)) if entry.act == "case.categorise"]
    assert [(entry.actor, read_body(entry)) for entry in entries] == [(officer.key, {"from": None, "to": "leak"})]
    assert Step.objects.count() == 1


def test_nobody_else_gives_one(earlier, leak, clerk, stranger, now):
    for other in (clerk, stranger):
        assert not may_categorise(earlier, other)
        with pytest.raises(Refused, match="Only an officer"):
            categorise_case(case=earlier, category=leak, by=other, now=now)


def test_a_case_of_the_loop_is_not_given_one_this_way(earlier, leak, officer, now):
    earlier.pk, earlier.number, earlier.external_number = None, "TS-loop", ""
    earlier.replied_at, earlier.reply, earlier.historical = None, "", False
    earlier.save(force_insert=True)

    assert not may_categorise(earlier, officer)
    with pytest.raises(Refused, match="Only a historical case"):
        categorise_case(case=earlier, category=leak, by=officer, now=now)


def test_the_form_stands_on_the_case_for_officers_alone(earlier, leak, officer, clerk, stranger, settings):
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}
    page, address = (
        reverse("cases:case", args=[earlier.number]),
        reverse("cases:categorise", args=[earlier.number]),
    )
    clients = {}
    for actor in (officer, clerk, stranger):
        clients[actor.key] = Client()
        clients[actor.key].force_login(User.objects.get(pk=actor.user_id), backend=BACKEND)

    assert address in clients[officer.key].get(page).content.decode()
    assert address not in clients[clerk.key].get(page).content.decode()
    assert clients[stranger.key].get(page).status_code == 404
    assert clients[clerk.key].post(address, {"category": "leak"}).status_code == 403
    assert clients[stranger.key].post(address, {"category": "leak"}).status_code == 404
    assert clients[officer.key].post(address, {"category": "nonsense"})["Location"] == page
    assert Case.objects.get().category is None
    assert clients[officer.key].post(address, {"category": "leak"})["Location"] == page
    assert Case.objects.get().category == leak
    assert "渗漏" in clients[officer.key].get(page).content.decode()


def test_historical_cases_are_found_by_category_place_and_importer(client, earlier, leak, officer, office, now):
    client.force_login(User.objects.get(id=officer.user_id), backend=BACKEND)
    address = reverse("cases:case", args=[earlier.number])

    def shown(**query):
        answer = client.get(reverse("cases:recorded"), query)
        assert answer.status_code == 200
        return address in answer.text

    assert (shown(uncategorized="1"), shown(category="leak")) == (True, False)
    categorise_case(case=earlier, category=leak, by=officer, now=now)
    assert (shown(uncategorized="1"), shown(category="leak")) == (False, True)
    assert shown(importer=str(office.pk))
    assert (shown(area=str(earlier.area_id)), shown(area=str(office.area_id))) == (True, False), (
        "a city's, no county's"
    )
