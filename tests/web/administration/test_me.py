"""Everybody's own account: what they may do, and lending it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from zhicheng.core.access import Role
from zhicheng.ground.access.api import Delegation, User, actor_for
from zhicheng.ground.notices.api import Topic, topics_by_email

from .conftest import Enter, Hire, acts

ME = "/desk/me/"
TODAY = date(2026, 11, 23)


def lending(giver: User, to: User, **changes: str) -> dict[str, str]:
    """What the form sends."""
    given = {"grant": str(giver.grants.get().pk), "to_user": str(to.pk), "valid_from": "2026-11-23",
             "valid_to": "2026-11-27", "reason": "Annual leave"}  # fmt: skip
    return given | changes


def test_everybody_sees_their_own_rights(enter: Enter, officer: User, security: User, hire: Hire) -> None:
    page = enter(officer).get(ME).text
    assert "Case officer · 滕州市住房和城乡建设局" in page
    assert "from 2026-01-01, without an end" in page
    assert "two factors" not in page
    assert "Administrators sign in with two factors" in enter(security).get(ME).text
    assert "No role yet" in enter(hire("bare")).get(ME).text
    assert enter(None).get(ME).status_code == 302


def test_the_page_speaks_chinese_first(officer: User, now: object) -> None:
    client = Client()
    client.force_login(officer)
    assert '<html lang="zh-hans"' in client.get(ME).content.decode()


def test_a_grant_is_lent_and_taken_back(enter: Enter, officer: User, hire: Hire) -> None:
    colleague = hire("colleague")
    browser = enter(officer)
    assert browser.post(ME, **lending(officer, colleague)).status_code == 302
    assert [reach.role for reach in actor_for(colleague, TODAY).reaches] == [Role.OFFICER]
    page = browser.get(ME).text
    assert "Delegated to Colleague 同志" in page
    assert "Annual leave" in page
    theirs = enter(colleague)
    assert "Delegated by Officer 同志" in theirs.get(ME).text
    back = reverse("me:take_back", args=[Delegation.objects.get().pk])
    assert theirs.post(back).status_code == 404
    assert browser.post(back).status_code == 302
    assert actor_for(colleague, TODAY).reaches == ()
    assert acts(officer)[-2:] == ["delegate", "end_delegation"]
    browser.post(back)
    assert "This delegation has ended already." in browser.get(ME).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_to": "2027-11-27"}, "A delegation lasts from 1 to 92 days"),
        ({"valid_to": "2026-11-22"}, "A delegation lasts from 1 to 92 days"),
        ({"reason": "x"}, "2 characters or more"),
        ({"grant": "0"}, "is not one of the choices for"),
        ({"to_user": ""}, "is missing."),
    ],
)
def test_what_cannot_be_lent_comes_back_as_typed(
    enter: Enter, officer: User, hire: Hire, changes: dict[str, str], said: str
) -> None:
    sent = lending(officer, hire("colleague"), **changes)
    answer = enter(officer).post(ME, **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{sent["reason"]}"' in answer.text
    assert not Delegation.objects.exists()


def test_nobody_lends_the_grant_of_another(enter: Enter, officer: User, security: User, hire: Hire) -> None:
    answer = enter(officer).post(ME, **lending(security, hire("colleague")))
    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_an_administrators_grant_does_not_make_two_of_three(enter: Enter, security: User, auditor: User) -> None:
    answer = enter(security).post(ME, **lending(security, auditor))
    assert answer.status_code == 422
    assert "must be three people" in answer.text


NOTICES = "/desk/me/notices/"


def test_where_and_about_what_one_is_sent_email(enter: Enter, officer: User) -> None:
    browser = enter(officer)
    page = browser.get(ME).text
    assert "Your inbox has every notice in any case" in page
    assert page.count('name="notices-topics"') == page.count("checked") == 4
    given = {"notices-email": " li@Example.ORG ", "notices-topics": ["cards", "matters"]}
    assert browser.post(NOTICES, **given).status_code == 302
    assert browser.post(NOTICES, **given).status_code == 302
    officer.refresh_from_db()
    assert (officer.email, topics_by_email(officer)) == ("li@example.org", {Topic.CARDS, Topic.MATTERS})
    assert acts(officer)[-2:] == ["set_email", "choose_notices"]
    assert "li@example.org" in browser.get(ME).text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"notices-email": "li"}, "not an e-mail address"),
        ({"notices-topics": "everything"}, "is not one of the choices for"),
    ],
)
def test_what_is_no_address_or_topic_is_refused_and_kept(
    enter: Enter, officer: User, changes: dict[str, str], reason: str
) -> None:
    response = enter(officer).post(NOTICES, **{"notices-email": "li@example.org", **changes})
    assert (response.status_code, reason in response.text) == (422, True)
    assert f'value="{changes.get("notices-email", "li@example.org")}"' in response.text
    officer.refresh_from_db()
    assert (officer.email, len(topics_by_email(officer))) == ("", 4)


def test_nobody_chooses_without_an_account(enter: Enter) -> None:
    assert enter(None).post(NOTICES, **{"notices-email": "a@b.cn"}).status_code == 302
    assert not User.objects.filter(email="a@b.cn").exists()
