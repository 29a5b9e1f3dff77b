"""Categories of many historical cases confirmed at once: all or none, in the ledger, each answer kept."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from integration.cases.conftest import City
from zhicheng.cases.api import Case
from zhicheng.cases.category import categorise_case
from zhicheng.cases.importing.checking import HistoricalRow
from zhicheng.cases.importing.recording import origin_of, record_rows
from zhicheng.cases.models import CategoryChoice
from zhicheng.cases.suggesting.confirming import confirm_categories, find_category, named_categories, waiting_cases
from zhicheng.cases.suggesting.queries import confirmed_texts
from zhicheng.cases.suggesting.views import ROWS
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User, actor_for, grant_role, open_account
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import SYSTEM

PAGE = "/desk/cases/historical/categories/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXTS = ("卫生间顶板渗漏，墙面渗漏发霉。", "客厅墙面空鼓，敲击有空响。", "门口的树很高。")


def hire(username: str, city: City, role: Role, now: datetime) -> Actor:
    user = open_account(
        username=username, name=username, password="", organization=city.bureau, by=SYSTEM, now=now
    )
    grant_role(user=user, role=role, organization=city.bureau, valid_from=now.date(), by=SYSTEM, now=now)
    return actor_for(user, now.date())


@pytest.fixture
def officer(city: City, now: datetime) -> Actor:
    return hire("officer", city, Role.OFFICER, now)


@pytest.fixture
def earlier(city: City, officer: Actor, now: datetime) -> list[Case]:
    """Fifty historical cases without category of the officer's body."""
    rows = [
        HistoricalRow(number, str(number), f"留言 {number}", now.replace(year=2019), TEXTS[number % len(TEXTS)])
        for number in range(50)
    ]
    record_rows(rows, origin_of(city.bureau, "wenzheng"), officer, now)
    return list(Case.objects.order_by("id"))


@pytest.fixture
def client(officer: Actor, settings: Settings) -> Client:
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=officer.user_id), backend=BACKEND)
    return client


def test_many_are_given_their_category_and_every_answer_is_kept(
    earlier: list[Case], city: City, officer: Actor, now: datetime
) -> None:
    leak, hollow = (get_term("housing.category", code, city.town) for code in ("leak", "hollow"))
    chosen = {earlier[0].pk: leak, earlier[1].pk: hollow, earlier[2].pk: leak}
    assert confirm_categories(chosen=chosen, cases=earlier, by=officer, now=now) == 3
    assert waiting_cases(officer).count() == 47
    kept = {one.case_id: one for one in CategoryChoice.objects.all()}
    assert {id_: one.chosen for id_, one in kept.items()} == chosen
    assert [kept[case.pk].accepted for case in earlier[:3]] == [True, True, False]
    assert kept[earlier[2].pk].suggested == [], "the text said nothing"
    [entry] = [one for one in list_entries(("case", earlier[0].pk)) if one.act == "case.categorise"]
    assert (entry.actor, read_body(entry)) == (officer.key, {"from": None, "to": "leak"})
    assert len(confirmed_texts(origin_of(city.bureau, "").area)) == 3, "the next training learns from them"
    assert verify().sound


def test_what_somebody_else_gave_meanwhile_stays(
    earlier: list[Case], city: City, officer: Actor, now: datetime
) -> None:
    leak, hollow = (get_term("housing.category", code, city.town) for code in ("leak", "hollow"))
    categorise_case(case=earlier[0], category=hollow, by=officer, now=now)
    assert (
        confirm_categories(chosen={one.pk: leak for one in earlier[:2]}, cases=earlier, by=officer, now=now) == 1
    )
    assert Case.objects.get(pk=earlier[0].pk).category == hollow
    assert CategoryChoice.objects.count() == 1


def test_nobody_but_an_officer_of_the_body_confirms(earlier: list[Case], city: City, now: datetime) -> None:
    clerk, leak = hire("clerk", city, Role.CLERK, now), get_term("housing.category", "leak", city.town)
    assert not waiting_cases(clerk).exists()
    with pytest.raises(Refused, match="Only an officer"):
        confirm_categories(chosen={earlier[0].pk: leak}, cases=earlier, by=clerk, now=now)
    assert not CategoryChoice.objects.exists()


def test_pages_hold_every_case_once(earlier: list[Case], client: Client) -> None:
    seen, address = [], PAGE
    for _ in range(3):
        page = client.get(address).content.decode()
        shown = [case.pk for case in earlier if f'name="case" value="{case.pk}"' in page]
        assert len(shown) <= ROWS
        seen += shown
        address = f"{PAGE}?after={shown[-1]}"
    assert seen == [case.pk for case in earlier]
    assert "50 historical cases have no category." in page
    assert "checked" not in page, "nothing is chosen by itself"
    assert "What was left out waits from the beginning." in client.get(f"{PAGE}?after={seen[-1]}").content.decode()


def test_one_press_saves_what_was_chosen_or_typed(earlier: list[Case], client: Client) -> None:
    ids = [case.pk for case in earlier[:4]]
    sent = {
        "case": ids, f"choice-{ids[0]}": "leak",
        f"choice-{ids[2]}": "leak", f"other-{ids[2]}": "hollow",
    }  # fmt: skip
    label = next(
        one.label for one in named_categories(earlier[0].area.path, "en") if one.term.code == "wall_crack"
    )
    sent[f"other-{ids[1]}"] = label
    saved = client.post(PAGE, sent)
    assert (saved.status_code, saved["Location"]) == (302, f"{PAGE}?after={ids[3]}")
    codes = [
        case.category.code if case.category else None for case in Case.objects.filter(id__in=ids).order_by("id")
    ]
    assert codes == ["leak", "wall_crack", "hollow", None]
    assert "3 cases have their categories." in client.get(saved["Location"]).content.decode()
    again = client.post(PAGE, sent)
    assert "3 cases had been given one meanwhile, and keep it." in client.get(again["Location"]).content.decode()
    assert CategoryChoice.objects.count() == 3


def test_a_word_that_is_no_category_saves_nothing_and_keeps_everything(
    earlier: list[Case], client: Client
) -> None:
    ids = [case.pk for case in earlier[:2]]
    refused = client.post(PAGE, {"case": ids, f"choice-{ids[0]}": "leak", f"other-{ids[1]}": "colour"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Nothing was saved." in page
    assert 'value="colour" aria-invalid="true"' in page
    assert 'value="leak" checked' in page
    assert not CategoryChoice.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"case": ["x", "-1", "9" * 30]}, {"case": "1", "choice-1": "leak"}])
def test_what_was_not_offered_is_left_alone(earlier: list[Case], client: Client, sent: dict[str, str]) -> None:
    assert client.post(PAGE, sent).status_code == 302
    assert client.get(f"{PAGE}?after=abc").status_code == 200
    assert not CategoryChoice.objects.exists()


def test_a_page_costs_the_same_however_many_wait(earlier: list[Case], client: Client) -> None:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as first:
        client.get(PAGE)
    with CaptureQueriesContext(connection) as last:
        client.get(f"{PAGE}?after={earlier[44].pk}")
    assert len(first) - len(last) <= 1, [query["sql"][:80] for query in first]


def test_words_of_two_categories_name_neither(city: City) -> None:
    named = named_categories(city.town.path, "zh-hans")
    shared = [one for one in named if sum(two.term.zh == one.term.zh for two in named) > 1]
    for one in shared[:3]:
        assert find_category(one.term.zh, named) is None
        assert find_category(one.label, named) == one.term
    assert find_category("渗漏", named) is not None
