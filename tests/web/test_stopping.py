"""Notices end by the link under them: without an account, by a person's press and never by a look."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from integration.notices.people import person, told
from web.test_portal import COMPLAIN, case_on, given
from web.walk.matters import as_sent
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import Notice, RecipientKind, Stoppable, Topic, stop_path, topics_by_email
from zhicheng.ground.notices.rules import GIVEN_UP
from zhicheng.ground.personal.api import Contact, erase


@pytest.fixture
def contact(database: None, now: datetime) -> Contact:
    return person(now)


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def address(contact: Contact) -> str:
    return stop_path(Stoppable(RecipientKind.CONTACT, contact.pk))


def agrees(contact: Contact) -> bool:
    contact.refresh_from_db()
    return contact.progress_agreed_at is not None


def test_looking_stops_nothing_and_pressing_does(client: Client, contact: Contact) -> None:
    page = client.get(address(contact)).content.decode()
    assert "Send me no more of these" in page
    assert "138" not in page
    assert "article 13" in page
    assert agrees(contact)
    assert client.post(address(contact), {"stop": "1"}, follow=True).status_code == 200
    assert not agrees(contact)
    page = client.get(address(contact)).content.decode()
    assert "Tell me again" in page
    client.post(address(contact), {"again": "1"})
    assert agrees(contact)


def test_a_mail_program_stops_by_one_request(contact: Contact) -> None:
    """RFC 8058: no cookie, no token, no page in between."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        address(contact), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (200, 302)
    assert not agrees(contact)


def test_a_made_up_link_is_none(client: Client, contact: Contact) -> None:
    made_up = address(contact)[:-2] + ("0/" if address(contact)[-2] != "0" else "1/")
    assert client.get(made_up).status_code == client.post(made_up).status_code == 404
    assert agrees(contact)
    assert client.put(address(contact)).status_code == 405


def test_a_person_who_is_gone_is_told_so(client: Client, contact: Contact, now: datetime) -> None:
    erase(contact=contact, by=Actor("user:1", "x"), reason="asked for", now=now)
    response = client.post(address(contact), {"again": "1"}, follow=True)
    assert "no longer kept here" in response.content.decode()
    assert not Entry.objects.filter(act="agree").exists()


def test_an_account_s_link_is_for_one_topic(client: Client, database: None, now: datetime) -> None:
    user = User.objects.create(username="li", name="li", email="li@example.org")
    page = stop_path(Stoppable(RecipientKind.USER, user.pk, Topic.CARDS))
    assert "Yellow and red cards" in client.get(page).content.decode()
    client.post(page)
    assert Topic.CARDS not in topics_by_email(user)
    assert len(topics_by_email(user)) == 3


class TestComplaining:
    """What a reporter agrees to at the door is what they are told afterwards."""

    @pytest.fixture
    def client(self, browsing: City) -> Client:
        return browsing.people["anybody"].browser()

    def case(self, client: Client, browsing: City, **changes: Any) -> Any:
        response = client.post(COMPLAIN, given(browsing, **changes))
        assert response.status_code == 201, response.content.decode()
        return case_on(response.content.decode())

    def test_nobody_agrees_by_saying_nothing(self, browsing: City, client: Client) -> None:
        reporter = self.case(client, browsing).reporter
        assert (reporter.progress_agreed_at, reporter.email_sealed) == (None, "")

    def test_who_ticks_it_agrees(self, browsing: City, client: Client) -> None:
        reporter = self.case(client, browsing, progress="on", phone="", email="Wang@Example.org").reporter
        assert reporter.progress_agreed_at is not None
        assert reporter.masked.email == "W***@example.org"
        assert "example.org" not in reporter.email_sealed

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"email": "wang"}, "not an e-mail address"),
            ({"progress": "on", "phone": ""}, "Give a telephone number or an e-mail address to be told."),
        ],
    )
    def test_what_is_wrong_is_named(
        self, browsing: City, client: Client, changes: dict[str, str], reason: str
    ) -> None:
        response = client.post(COMPLAIN, given(browsing, **changes))
        assert (response.status_code, reason in response.content.decode()) == (422, True)

    def test_what_is_owed_is_told_in_any_case(self, browsing: City, client: Client) -> None:
        """The clerk accepts a matter whose reporter agreed to nothing: they are told that it was accepted."""
        one = browsing.worlds["t"].matters["received"]
        clerk = browsing.people["t-clerk"].browser()
        before = Notice.objects.count()
        assert clerk.post(f"/desk/cases/{one.case.number}/", as_sent(one)).status_code in (200, 302)
        notice = Notice.objects.filter(recipient_kind="contact").latest("id")
        assert Notice.objects.count() > before
        assert (notice.template, notice.process, notice.step, notice.obliged, notice.channel) == (
            "reported_moved", "housing_quality", "accept", True, "sms",
        )  # fmt: skip
        assert notice.area == one.case.area
        assert notice.deliver_after - notice.created_at < timedelta(days=1)

    def test_the_case_s_page_says_how_one_is_told(self, browsing: City) -> None:
        reporter = browsing.people["reporter"]
        tracked = reporter.tracked
        assert tracked is not None
        page = reporter.browser().get(f"/track/{tracked.case.number}/").content.decode()
        assert tracked.case.reporter is not None
        assert address(tracked.case.reporter) in page
        assert "You are told only what you have to know" in page

    def test_whoever_handles_the_case_sees_what_did_not_arrive(self, browsing: City) -> None:
        """The acceptance was given up: the officer's page says so, the company's and the reporter's do not."""
        one = browsing.worlds["t"].matters["ordered"]
        assert one.case.reporter_id is not None
        (notice,) = told(one.case.reporter, NOW, step="accept", obliged=True, case=one.case.pk)
        Notice.objects.filter(pk=notice.pk).update(failed_at=NOW, error=GIVEN_UP)
        page = browsing.people["t-officer"].browser().get(f"/desk/cases/{one.case.number}/").content.decode()
        assert "What the reporter was told" in page
        assert "tell them otherwise" in page
        assert GIVEN_UP in page
        company = browsing.people["t-company"].browser().get(f"/desk/cases/{one.case.number}/")
        assert company.status_code == 200
        assert "What the reporter was told" not in company.content.decode()
