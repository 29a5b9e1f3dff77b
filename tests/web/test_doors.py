"""The portal's other ways in: what each asks, whom it reaches, and how what is missing is said."""

import re
from typing import Any

import pytest
from django.test import Client

from web.test_portal import case_on, given
from web.walk.people import City
from zhicheng.cases.kinds import KINDS
from zhicheng.ground.access.api import Jurisdiction, list_competent_bodies
from zhicheng.ground.documents.layouts import Layout
from zhicheng.ground.documents.models import FormLayout
from zhicheng.ground.personal.api import PersonalText
from zhicheng.ground.proceedings.api import Proceeding, list_history
from zhicheng.portal.doors import DOORS, GOODS

OTHERS = DOORS[1:]
DEMAND = "退款并赔偿损失。"
CODES = {
    "goods": "goods_quality", "travel": "itinerary", "produce": "pesticide", "works": "road_surface",
    "hazard": "scaffold",
}  # fmt: skip


def at(slug: str) -> str:
    """The address of a door."""
    return f"/zaozhuang/complain/{slug}/"


def said(city: City, slug: str, **changes: Any) -> dict[str, Any]:
    """What a citizen sends at a door."""
    return given(city, **{"category": CODES[slug], "told-demand": DEMAND, **changes})


@pytest.fixture
def client(browsing: City) -> Client:
    """Anybody's browser, in a county where a body is competent for everything."""
    world = browsing.worlds["t"]
    for domain in {kind.domain for kind in KINDS}:
        if not list_competent_bodies(world.place.path, domain, world.place.valid_from):
            Jurisdiction.objects.create(organization=world.body, area=world.place, domain=domain)
    return browsing.people["anybody"].browser()


NEVER_SEES_THEM = re.compile("(The company you complain about|Whoever has to remove the hazard) never sees them")


def names_the_reporter(form: str) -> bool:
    """Whether a form of the law that a company reads has a place for the reporter's name."""
    rows = FormLayout.objects.filter(key=form, area__isnull=True)
    return any(
        "company" in row.layout.get("readers", ())
        and {"reporter", "parties"} & set(Layout.model_validate(row.layout).places())
        for row in rows
    )


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.slug or "home")
def test_a_door_promises_no_more_than_its_papers_keep(client: Client, door: Any) -> None:
    page = client.get(at(door.slug) if door.slug else "/zaozhuang/complain/").content.decode()
    named = {form.form for kind in door.kinds for form in kind.forms if names_the_reporter(form.form)}
    assert bool(named) == (door.slug in ("goods", "travel"))
    assert bool(NEVER_SEES_THEM.search(page)) is not bool(named)
    assert ("you complain about" in page) == (not named and door.slug != "hazard"), "nobody complains of a hazard"
    assert ("never sees your number or e-mail" in page and "your name stands on" in page.lower()) is bool(named)
    assert ("never told who reported it" in page) == (door.slug == "goods")


def test_every_kind_of_case_can_be_reached() -> None:
    assert {kind.key for door in DOORS for kind in door.kinds} == {kind.key for kind in KINDS}


@pytest.mark.parametrize("door", OTHERS, ids=lambda door: door.slug)
def test_a_door_opens_a_case_of_its_kind(client: Client, browsing: City, door: Any) -> None:
    response = client.post(at(door.slug), said(browsing, door.slug))
    assert response.status_code == 201, response.content.decode()
    case = case_on(response.content.decode())
    kinds = Proceeding.objects.filter(subject_kind="case", subject_id=case.id).order_by("id")
    assert [one.kind for one in kinds] == ["case", door.kinds[0].key]
    assert kinds[1].domain == door.kinds[0].domain


@pytest.mark.parametrize(
    ("slug", "page", "received"),
    [("hazard", "Report the hazard", "We have your report of a hazard"),
     ("goods", "Send complaint or report", "We have your complaint"),
     ("works", "Send the complaint", "We have your complaint")],
)  # fmt: skip
def test_each_door_speaks_of_what_is_brought_to_it(
    client: Client, browsing: City, slug: str, page: str, received: str
) -> None:
    asked, answered = client.get(at(slug)).text, client.post(at(slug), said(browsing, slug)).text
    assert page in asked
    assert received in answered
    assert ("Complaint received" in answered) is (slug != "hazard")


@pytest.mark.parametrize(
    ("slug", "kinds", "says", "leaves_out"),
    [
        (
            "goods",
            ["market_report"],
            ("We have your report", "verifies what you report"),
            ("complaint", "withdraw"),
        ),
        ("goods", ["market_complaint"], ("We have your complaint", "settle the dispute", "withdraw it"), ()),
        ("goods", ["market_complaint", "market_report"], ("We have your complaint", "what breaks the law"), ()),
        ("hazard", [], ("We have your report of a hazard", "add to it"), ("withdraw",)),
    ],
)
def test_what_arrived_is_called_what_it_is(
    client: Client, browsing: City, slug: str, kinds: list[str], says: tuple[str, ...], leaves_out: tuple[str, ...]
) -> None:
    """Order 121 §3 keeps complaint and report apart: nobody mediates a report, and it is not taken back."""
    for _ in range(2):
        page = client.post(at(slug), said(browsing, slug, kinds=kinds)).text
        main = page[page.index("<main") : page.index("</main")]
        assert [part for part in says if part not in main] == []
        assert [part for part in leaves_out if part in main.replace(f"complaint-zaozhuang{slug}", "")] == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.slug)
def test_what_is_required_is_not_called_optional(client: Client, door: Any) -> None:
    text = client.get(at(door.slug) if door.slug else "/zaozhuang/complain/").text
    assert ("Without a number nobody can." in text) is not door.named


def test_one_submission_may_hold_a_complaint_and_a_report(client: Client, browsing: City) -> None:
    both = [kind.key for kind in GOODS.kinds]
    case = case_on(client.post(at("goods"), said(browsing, "goods", kinds=both)).content.decode())
    opened = {step.proceeding.kind: step for step in list_history(("case", case.id))}
    assert set(opened) == {"case", *both}
    kept = PersonalText.objects.get(hash=opened["market_complaint"].data["demand"]["text"])
    assert kept.text == DEMAND
    assert "demand" not in opened["market_report"].data


def test_a_complaint_needs_a_name_a_number_and_a_demand(client: Client, browsing: City) -> None:
    sent = said(browsing, "goods", name="", phone="", **{"told-demand": ""})
    page = client.post(at("goods"), sent)
    assert page.status_code == 422
    for name in ("id_name", "id_phone", "id_told-demand"):
        assert f'href="#{name}"' in page.content.decode()


def test_a_report_may_be_anonymous(client: Client, browsing: City) -> None:
    sent = said(browsing, "goods", name="", phone="", kinds=["market_report"], **{"told-demand": ""})
    case = case_on(client.post(at("goods"), sent).content.decode())
    assert case.reporter is None


def test_what_a_door_does_not_offer_is_no_category(client: Client, browsing: City) -> None:
    assert client.post(at("travel"), said(browsing, "travel", category="leak")).status_code == 422


def test_there_is_no_other_door(client: Client) -> None:
    assert client.get(at("dreams")).status_code == 404
