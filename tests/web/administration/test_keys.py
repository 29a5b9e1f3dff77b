"""Keys of programs: issued on the account's page, shown once, written down, revoked."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.api import AccessRefused, User, grant_role, issue_password_link, open_account
from zhicheng.ground.interface.api import Key, key_of
from zhicheng.ground.parties.api import Organization

from .conftest import SINCE, Enter, acts

HOUSE = Actor("system:setup", "set-up")
TEXT = re.compile(r"zck_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")


@pytest.fixture
def program(bureau: Organization, now: datetime) -> User:
    user = open_account(
        username="hotline", name="Hotline", organization=bureau, by=HOUSE, now=now, is_program=True
    )
    grant_role(user=user, role=Role.OFFICER, organization=bureau, valid_from=SINCE, by=HOUSE, now=now)
    return user


def issuing(**changes: object) -> dict[str, object]:
    """What the form sends."""
    given = {"name": "test", "scopes": ["read"], "last_on": "2027-01-31", **changes}
    return {f"key-{name}": value for name, value in given.items()}


def test_a_program_is_opened_without_a_password_and_given_a_key(
    enter: Enter, security: User, bureau: Organization
) -> None:
    browser = enter(security)
    given = {"username": "hotline", "name": "Hotline", "organization_text": bureau.name, "is_program": "on"}
    assert browser.post("/desk/accounts/open/", **given).status_code == 302
    user = User.objects.get(username="hotline")
    assert user.is_program
    assert not user.has_usable_password()
    page = browser.get(reverse("accounts:account", args=[user.pk]))
    assert "New link to set the password" not in page.text
    assert "No key yet" in page.text


def test_a_key_is_shown_once_and_only_its_hash_is_kept(enter: Enter, security: User, program: User) -> None:
    browser = enter(security)
    page = browser.post(reverse("accounts:key", args=[program.pk]), **issuing(scopes=["read", "write"]))
    text = TEXT.search(page.text)
    assert text is not None
    key = Key.objects.get()
    assert (key.user, key.scopes, key.opening) == (program, ["read", "write"], text[0][:12])
    assert text[0][13:].encode() not in bytes(key.key_hash)
    assert key.expires_at.isoformat() == "2027-01-31T16:00:00+00:00"
    again = browser.get(reverse("accounts:account", args=[program.pk]))
    assert key.opening in again.text
    assert text[0] not in again.text
    assert acts(program)[-1] == "issue_key"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"scopes": []}, "is missing."),
        ({"scopes": ["everything"]}, "everything"),
        ({"name": ""}, "is missing."),
        ({"last_on": "2026-11-22"}, "A key lasts at least"),
        ({"last_on": "2029-01-01"}, "at most 731 days"),
        ({"last_on": "9999-12-31"}, "at most 731 days"),
        ({"last_on": "soon"}, "Write a date"),
    ],
)
def test_what_is_wrong_comes_back_as_it_was_typed(
    enter: Enter, security: User, program: User, changes: dict[str, object], told: str
) -> None:
    page = enter(security).post(reverse("accounts:key", args=[program.pk]), **issuing(**changes))
    assert page.status_code == 422
    assert told in page.text
    assert not Key.objects.exists()


def test_a_revoked_key_opens_nothing(enter: Enter, security: User, program: User, now: datetime) -> None:
    browser = enter(security)
    page = browser.post(reverse("accounts:key", args=[program.pk]), **issuing())
    text = TEXT.search(page.text)
    assert text is not None
    assert key_of(text[0], now) is not None
    revoked = reverse("accounts:revoke", args=[program.pk, Key.objects.get().pk])
    assert browser.post(revoked).status_code == 302
    assert key_of(text[0], now) is None
    assert acts(program)[-1] == "revoke_key"
    browser.post(revoked)
    assert acts(program).count("revoke_key") == 1


def test_persons_have_no_keys_and_programs_no_passwords(
    enter: Enter, security: User, officer: User, program: User, now: datetime
) -> None:
    page = enter(security).post(reverse("accounts:key", args=[officer.pk]), **issuing())
    assert page.status_code == 422
    assert not Key.objects.exists()
    with pytest.raises(AccessRefused, match="program"):
        issue_password_link(user=program, by=HOUSE, now=now)


def test_only_security_administrators_issue_and_revoke(
    enter: Enter, system: User, auditor: User, officer: User, program: User
) -> None:
    for other in (system, auditor, officer):
        assert enter(other).post(reverse("accounts:key", args=[program.pk]), **issuing()).status_code == 403
        assert enter(other).post(reverse("accounts:revoke", args=[program.pk, 1])).status_code == 403
    assert not Key.objects.exists()
