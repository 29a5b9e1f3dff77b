"""What was sent, for whoever looks after the system: listed with masks, tried again, and read beforehand."""

from datetime import datetime

import pytest
from django.utils.html import escape

from integration.notices.people import person, told
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import Notice, Recipient, list_templates, notify
from zhicheng.ground.notices.models import QuietRow, Wording
from zhicheng.ground.notices.rules import ERASED, GIVEN_UP

from .conftest import Enter

TOLD, WORDS = "/desk/system/notices/", "/desk/system/notices/words/"


@pytest.fixture
def given_up(database: None, now: datetime) -> Notice:
    """A text message that was given up."""
    (notice,) = told(person(now), now)
    Notice.objects.filter(pk=notice.pk).update(failed_at=now, error=GIVEN_UP, attempts=8)
    return notice


def test_only_system_administrators_come_here(
    enter: Enter, given_up: Notice, system: User, security: User, auditor: User, officer: User
) -> None:
    page, retry = f"{TOLD}{given_up.pk}/", f"{TOLD}{given_up.pk}/retry/"
    for address in (TOLD, WORDS, page):
        assert enter(system).get(address).status_code == 200
        for other in (security, auditor, officer):
            assert enter(other).get(address).status_code == 403
        assert enter(None).get(address).status_code == 302
    assert enter(officer).post(retry).status_code == 403
    assert enter(system).get(f"{TOLD}999999999/").status_code == 404
    assert enter(system).post(f"{TOLD}999999999/retry/").status_code == 404
    given_up.refresh_from_db()
    assert given_up.failed_at is not None


def test_the_list_shows_masks_and_states(enter: Enter, system: User, given_up: Notice, now: datetime) -> None:
    told(person(now, phone="", email="zhang@b.cn"), now, step="verify", obliged=True)
    page = enter(system).get(TOLD).text
    for shown in (
        "138****1234",
        "z***@b.cn",
        "Given up",
        "To be sent",
        GIVEN_UP,
        "Order rectification",
        "Text message",
    ):
        assert shown in page
    for hidden in ("13812341234", "zhang@", "TS-17"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "given_up"}, 1), ({"state": "waiting"}, 1), ({"state": "sent"}, 0), ({"state": "dropped"}, 1),
        ({"state": "later"}, 0), ({"channel": "sms"}, 2), ({"channel": "email"}, 1), ({"owed": "1"}, 1),
        ({"template": "reported_moved"}, 3), ({"template": "card_red"}, 0), ({}, 3),
    ],
)  # fmt: skip
def test_the_list_is_filtered(
    enter: Enter, system: User, given_up: Notice, now: datetime, query: dict[str, str], count: int
) -> None:
    told(person(now, phone="", email="z@b.cn"), now, step="verify", obliged=True)
    (gone,) = told(person(now), now, step="break")
    Notice.objects.filter(pk=gone.pk).update(failed_at=now, error=ERASED)
    assert enter(system).get(TOLD, **query).text.count("data-title") == count


def test_the_list_is_exported_as_it_is_shown(enter: Enter, system: User, given_up: Notice) -> None:
    response = enter(system).post(f"{TOLD}?state=given_up", do="export-csv")
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    assert "138****1234" in text
    assert "13812341234" not in text


def test_the_list_asks_no_more_for_more(enter: Enter, system: User, now: datetime, database: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    browser = enter(system)
    for number in range(2):
        for step in range(number * 10 + 1):
            told(person(now), now, step=f"s{number}-{step}")
        browser.get(TOLD)
        with CaptureQueriesContext(connection) as asked:
            browser.get(TOLD)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_was_given_up_is_tried_again(enter: Enter, system: User, given_up: Notice) -> None:
    browser = enter(system)
    page = f"{TOLD}{given_up.pk}/"
    assert "Try again" in browser.get(page).text
    assert browser.post(f"{page}retry/").status_code == 302
    shown = browser.get(page).text
    assert "The notice is in the queue again." in shown
    assert "Try again" not in shown
    browser.post(f"{page}retry/")
    assert "not given up, or is being tried again already" in browser.get(page).text
    assert Entry.objects.filter(act="retry_notice", subject_id=given_up.pk).count() == 1


def test_what_was_dropped_offers_nothing(enter: Enter, system: User, given_up: Notice) -> None:
    Notice.objects.filter(pk=given_up.pk).update(error=ERASED)
    page = enter(system).get(f"{TOLD}{given_up.pk}/").text
    assert "Try again" not in page
    assert "Dropped" in page


def test_what_reached_nobody_says_so(enter: Enter, system: User, now: datetime, database: None) -> None:
    (pk,) = notify(recipients=[Recipient.user(999_999)], template="matter_handed", params={}, subject=("case", 1),
                   now=now)  # fmt: skip
    page = enter(system).get(f"{TOLD}{pk}/").text
    assert "Nobody could be reached from the beginning." in page
    assert "Try again" not in page


def test_every_template_is_shown_in_both_languages(enter: Enter, system: User) -> None:
    page = enter(system).get(WORDS).text
    for template in list_templates():
        assert f"<samp>{template.key}</samp>" in page
    for words in (
        "您反映的 TS-3704-2026-000123-5 已受理",
        "TS-3704-2026-000123-5, which you reported, was accepted",
    ):
        assert words in page
    assert "of at most 3 parts" in page
    assert "not from 21:00 to 08:00" in page
    assert not [
        place for place in ("{number}", "{step}", "{stop}") if f">{escape(place)}<" in page.replace("<samp>", "")
    ]


def test_words_of_a_place_are_shown_there(enter: Enter, system: User, county: Area) -> None:
    Wording.objects.create(area=county, template="reported_moved", step="accept", channel="sms",
                           text_zh="滕州话 {number}", text_en="Tengzhou's {number}")  # fmt: skip
    QuietRow.objects.create(area=county, channel="sms", begins="22:30", ends="07:00", exempt=["hazard.stop"])
    forget_kept()
    browser = enter(system)
    assert "Tengzhou&#x27;s" not in browser.get(WORDS).text
    page = browser.get(WORDS, area=str(county.pk)).text
    assert "Tengzhou&#x27;s TS-3704-2026-000123-5" in page
    assert "not from 22:30 to 07:00" in page
    assert "hazard.stop" in page
    assert browser.get(WORDS, area="x").status_code == 200
