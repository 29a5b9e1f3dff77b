"""Signing in and out, the password, the second factor, and being locked out."""

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from pytest_django import Settings

from zhicheng.ground.access.api import User

from .conftest import PASSWORD, Browser, Enter, acts

LOGIN, PASSWORD_PAGE = "/accounts/login/", "/accounts/password/"
FACTOR = "/accounts/second-factor/"
NEW = "another long password"


@pytest.fixture(autouse=True)
def forgotten_rates() -> None:
    """Allauth counts tries in the cache, which no transaction rolls back."""
    cache.clear()


def code_for(secret: str) -> str:
    """The six digits that an authenticator shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_factor(browser: Browser) -> None:
    """Sets up the second factor, after showing once more who it is."""
    assert browser.post("/accounts/reauthenticate/", password=PASSWORD).status_code == 302
    page = browser.get(f"{FACTOR}totp/activate/")
    assert "<svg" in page.text
    assert "<?xml" not in page.text
    secret = re.search(r"<samp>([A-Z2-7]+)</samp>", page.text)
    assert secret
    wrong = browser.post(f"{FACTOR}totp/activate/", code="000000x").text
    assert "Code: This is not the code that the authenticator shows now." in wrong
    assert browser.post(f"{FACTOR}totp/activate/", code=code_for(secret[1])).status_code == 302


def signed_in(enter: Enter, user: User) -> Browser:
    browser = enter(None)
    assert browser.post(LOGIN, login=user.username, password=PASSWORD).status_code == 302
    return browser


def test_signing_in_and_out(enter: Enter, officer: User) -> None:
    browser = enter(None)
    assert "Password forgotten?" in browser.get(LOGIN).text
    wrong = browser.post(LOGIN, login="officer", password="not that")
    assert wrong.status_code == 200
    assert "One thing needs to be put right" in wrong.text
    assert browser.post(LOGIN, login="officer", password=PASSWORD)["Location"] == "/desk/"
    assert "Sign out?" in browser.get("/accounts/logout/").text
    assert browser.post("/accounts/logout/").status_code == 302
    assert browser.get("/desk/me/").status_code == 302


def test_a_locked_account_does_not_sign_in(enter: Enter, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    browser = enter(None)
    answer = browser.post(LOGIN, login="officer", password=PASSWORD)
    assert browser.get("/desk/me/").status_code == 302
    assert answer.status_code == 302
    assert "This account is locked" in browser.get(answer["Location"]).text


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"])
def test_there_is_no_sign_up_and_no_reset_by_mail(enter: Enter, officer: User, address: str) -> None:
    assert enter(officer).get(address).status_code == 404
    assert enter(None).get(address).status_code == 404


def test_the_password_is_changed_and_the_ledger_knows(enter: Enter, officer: User) -> None:
    browser, elsewhere = signed_in(enter, officer), signed_in(enter, officer)
    wrong = browser.post(PASSWORD_PAGE, oldpassword="not that", password1=NEW, password2=NEW)
    assert wrong.status_code == 200
    weak = browser.post(PASSWORD_PAGE, oldpassword=PASSWORD, password1="1234567890", password2="1234567890")
    assert weak.status_code == 200
    assert acts(officer) == ["open_account", "grant_role"]
    assert browser.post(PASSWORD_PAGE, oldpassword=PASSWORD, password1=NEW, password2=NEW).status_code == 302
    assert browser.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/me/").status_code == 302
    assert acts(officer)[-1] == "set_password"


def test_a_second_factor_is_asked_for_once_it_is_set_up(enter: Enter, officer: User) -> None:
    browser = signed_in(enter, officer)
    assert "Set it up" in browser.get(FACTOR).text
    with_factor(browser)
    codes = re.findall(r"<li><samp>(\w+)</samp></li>", browser.get(f"{FACTOR}recovery-codes/").text)
    assert len(codes) == 10
    again = signed_in(enter, officer)
    assert again.get("/desk/me/").status_code == 302
    page = again.get(f"{FACTOR}authenticate/")
    assert "Open the authenticator on your telephone" in page.text
    wrong = again.post(f"{FACTOR}authenticate/", code="000000x")
    assert wrong.status_code == 200
    assert "neither the present code of the authenticator nor an unused recovery code" in wrong.text
    assert again.post(f"{FACTOR}authenticate/", code=codes[0]).status_code == 302
    assert again.get("/desk/me/").status_code == 200


def test_the_ledger_knows_of_every_change_of_the_second_factor(
    enter: Enter, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Allauth tells of a change when it is committed; these are the callbacks that would run then."""
    browser = signed_in(enter, officer)
    with django_capture_on_commit_callbacks(execute=True):
        with_factor(browser)
    assert acts(officer)[2:] == ["add_second_factor", "add_second_factor"]
    assert "Make new recovery codes?" in browser.get(f"{FACTOR}recovery-codes/generate/").text
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{FACTOR}recovery-codes/generate/").status_code == 302
    assert acts(officer)[-1] == "renew_recovery_codes"
    assert "Remove the second factor?" in browser.get(f"{FACTOR}totp/deactivate/").text
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{FACTOR}totp/deactivate/").status_code == 302
    assert acts(officer)[-2:] == ["remove_second_factor", "remove_second_factor"]


def test_a_lost_second_factor_is_removed_by_the_security_administrator(
    enter: Enter, officer: User, security: User
) -> None:
    with_factor(signed_in(enter, officer))
    browser = enter(security)
    page = f"/desk/accounts/{officer.pk}/"
    assert "Remove the second factor" in browser.get(page).text
    assert browser.post(page, do="remove-factor").status_code == 302
    assert "Remove the second factor" not in browser.get(page).text
    assert signed_in(enter, officer).get("/desk/me/").status_code == 200


def test_whoever_changes_how_they_sign_in_shows_once_more_that_it_is_them(enter: Enter, officer: User) -> None:
    browser = signed_in(enter, officer)
    answer = browser.get(f"{FACTOR}totp/activate/")
    assert answer.status_code == 302
    assert "Confirm that it is you" in browser.get(answer["Location"]).text
    wrong = browser.post(answer["Location"], password="not that")
    assert wrong.status_code == 200
    assert "One thing needs to be put right" in wrong.text
    assert browser.post(answer["Location"], password=PASSWORD)["Location"] == f"{FACTOR}totp/activate/"


def test_after_five_wrong_passwords_the_door_is_shut_for_a_while(
    enter: Enter, officer: User, security: User, settings: Settings, now: datetime
) -> None:
    settings.AXES_LOCKOUT_CALLABLE = "zhicheng.ground.access.lockout.locked_out"
    settings.AXES_USERNAME_FORM_FIELD = "username"
    settings.ACCOUNT_RATE_LIMITS = False
    browser = enter(None)
    answers = [browser.post(LOGIN, login="officer", password="not that") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Signing in is closed for 15 minutes, until 10:15." in answers[-1].text
    assert browser.post(LOGIN, login="officer", password=PASSWORD).status_code == 429
    assert browser.post(LOGIN, login="security", password=PASSWORD).status_code == 302
