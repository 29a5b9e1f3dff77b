"""Quiet hours and words as packs state them: the nearest area's, then the nation's, then the house's."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection

from zhicheng.core.clock import LOCAL
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.notices.api import Attempt, Notice, Recipient, notify
from zhicheng.ground.notices.delivery import deliver
from zhicheng.ground.notices.models import QuietRow, Wording
from zhicheng.ground.notices.rendering import render

from .conftest import Outbox
from .people import person, told

pytestmark = pytest.mark.usefixtures("database")
EVENING = datetime(2026, 11, 23, 22, 0, tzinfo=LOCAL)
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL)


def scheduled() -> list[datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'notices.deliver' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_text_of_the_evening_waits_for_the_morning(outbox: Outbox) -> None:
    (notice,) = told(person(EVENING), EVENING)
    assert (notice.deliver_after, scheduled()) == (MORNING, [MORNING])
    assert not deliver(notice_id=notice.pk, now=EVENING + timedelta(hours=1))
    notice.refresh_from_db()
    assert (notice.attempts, notice.deliver_after, outbox.messages) == (0, MORNING, [])
    assert not Attempt.objects.exists()
    assert deliver(notice_id=notice.pk, now=MORNING)


def test_email_and_accounts_are_told_at_any_hour(li: User, outbox: Outbox) -> None:
    (notice,) = told(person(EVENING, phone="", email="z@b.cn"), EVENING)
    assert deliver(notice_id=notice.pk, now=EVENING)
    notify(
        recipients=[Recipient.user(li.pk)], template="matter_handed", params={}, subject=("case", 1), now=EVENING
    )
    assert deliver(notice_id=Notice.objects.latest("id").pk, now=EVENING)


def test_a_failure_of_the_evening_is_tried_again_in_the_morning(outbox: Outbox) -> None:
    late = EVENING.replace(hour=20, minute=59, second=45)
    (notice,) = told(person(late), late)
    outbox.failures = [TimeoutError()]
    deliver(notice_id=notice.pk, now=late)
    notice.refresh_from_db()
    assert (notice.attempts, notice.error, notice.deliver_after) == (1, "TimeoutError", MORNING)


def test_what_is_exempt_is_told_at_night(county: Area, outbox: Outbox) -> None:
    QuietRow.objects.create(area=county, channel="sms", begins=time(20), ends=time(9), exempt=["hazard.stop"])
    forget_kept()
    contact = person(EVENING)
    (danger,) = told(contact, EVENING, process="hazard", step="stop", obliged=True, area=county)
    (progress,) = told(contact, EVENING, area=county)
    assert (danger.deliver_after, progress.deliver_after) == (EVENING, MORNING + timedelta(hours=1))
    assert deliver(notice_id=danger.pk, now=EVENING)
    assert "请远离现场" in outbox.messages[0].text


def test_a_place_s_hours_hold_in_it_and_not_elsewhere(county: Area) -> None:
    city = county.parent
    assert city is not None
    QuietRow.objects.create(area=city, channel="sms", begins=time(0), ends=time(0))
    QuietRow.objects.create(area=None, channel="email", begins=time(21), ends=time(7))
    forget_kept()
    contact = person(EVENING, email="z@b.cn")
    here, elsewhere = told(contact, EVENING, area=county), told(contact, EVENING, step="break")
    seven = MORNING - timedelta(hours=1)
    assert [one.deliver_after for one in here] == [EVENING, seven]
    assert [one.deliver_after for one in elsewhere] == [MORNING, seven]


def words(area: Area | None, text: str, **key: str) -> None:
    """A pack's words for a template."""
    Wording.objects.create(area=area, template="reported_moved", title_zh="标", title_en="T", text_zh=text,
                           text_en=f"{text} en", **key)  # fmt: skip
    forget_kept()


def test_the_most_particular_words_count_and_of_those_the_nearest(county: Area, now: datetime) -> None:
    contact = person(now, phone="", email="z@b.cn")
    (notice,) = told(contact, now, step="verify", obliged=True, area=county)
    assert "整改已完成" in render(notice, "zh-hans").text
    steps = [
        (None, "nation {number}", {}, "整改已完成"),
        (None, "nation's step", {"step": "verify"}, "nation's step"),
        (county.parent, "city for all", {}, "nation's step"),
        (county.parent, "city's step", {"step": "verify"}, "city's step"),
        (county.parent, "process", {"process": "housing_quality"}, "city's step"),
        (None, "both", {"process": "housing_quality", "step": "verify"}, "both"),
        (county, "county's both[ {due}]", {"process": "housing_quality", "step": "verify"}, "county's both"),
        (county, "by e-mail", {"process": "housing_quality", "step": "verify", "channel": "email"}, "by e-mail"),
    ]
    for area, text, key, said in steps:
        words(area, text, **key)
        assert said in render(notice, "zh-hans").text, text
        assert said in render(notice, "en").text or "整" in said
    (elsewhere,) = told(contact, now, step="break")
    assert render(elsewhere, "en").text == "nation TS-17 en"


def test_a_text_message_has_words_of_its_own(county: Area, now: datetime) -> None:
    (notice,) = told(person(now), now, area=county)
    words(county, "long words for e-mail", process="housing_quality", step="order")
    assert render(notice, "en").text.startswith("In your matter TS-17 a remedy was ordered.")
    words(county, "short", process="housing_quality", step="order", channel="sms")
    assert render(notice, "en").text == "short en"


def test_labels_are_spoken_in_the_reader_s_language(now: datetime) -> None:
    (notice,) = told(person(now, phone="", email="z@b.cn"), now, step="break")
    assert render(notice, "zh-hans").title == "TS-17：责令整改"
    assert render(notice, "en").title == "TS-17: Order rectification"


def test_an_inbox_of_many_notices_asks_for_words_once(county: Area, li: User, now: datetime) -> None:
    from django.test.utils import CaptureQueriesContext

    from zhicheng.ground.notices.api import list_notices, render_notice

    for number in range(12):
        notify(recipients=[Recipient.user(li.pk)], template="matter_handed", params={}, area=county, now=now,
               subject=("case", number))  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len([render_notice(one) for one in list_notices(li)]) == 12
    assert len(asked) <= 2
