"""The security administrator's pages."""

import re
from datetime import date

import pytest
from django.urls import reverse

from zhicheng.core.access import Role
from zhicheng.ground.access.api import Grant, User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keyed_hash_of

from .conftest import PASSWORD, Enter, Hire, acts

LIST, OPEN = "/desk/accounts/", "/desk/accounts/open/"


def page_of(user: User) -> str:
    return reverse("accounts:account", args=[user.pk])


def granting(bureau: Organization, **changes: str) -> dict[str, str]:
    """What the form of a grant sends."""
    given = {
        "role": "clerk", "organization": str(bureau.pk), "organization_text": bureau.name, "domain": "",
        "area": "", "area_text": "", "valid_from": "2026-12-01", "valid_to": "", "reason": "Order 12 of 2026",
    }  # fmt: skip
    return {"do": "grant", **{f"grant-{key}": value for key, value in (given | changes).items()}}


@pytest.mark.parametrize("address", [LIST, OPEN, "/desk/accounts/suggest/organizations/"])
def test_only_security_administrators_come_here(
    enter: Enter, security: User, auditor: User, system: User, officer: User, address: str
) -> None:
    assert enter(security).get(address).status_code == 200
    for other in (auditor, system, officer):
        assert enter(other).get(address).status_code == 403
    assert enter(None).get(address).status_code == 302


def test_one_account_is_closed_to_others(enter: Enter, security: User, system: User, officer: User) -> None:
    for other in (system, officer):
        assert enter(other).get(page_of(security)).status_code == 403
        assert enter(other).post(page_of(officer), do="lock").status_code == 403
        assert enter(other).post(reverse("accounts:link", args=[officer.pk])).status_code == 403
    assert User.objects.get(pk=officer.pk).is_active


def test_a_security_administrator_sees_no_cases(enter: Enter, security: User) -> None:
    browser = enter(security)
    assert browser.get("/desk/cases/").status_code == 403
    assert browser.get("/desk/ledger/").status_code == 403
    assert browser.get("/desk/system/").status_code == 403


def test_the_list_shows_roles_and_finds_people(enter: Enter, security: User, officer: User, hire: Hire) -> None:
    hire("bare")
    browser = enter(security)
    assert "Case officer" in browser.get(LIST).text
    found = browser.get(LIST, role="officer").text
    assert page_of(officer) in found
    assert page_of(security) not in found
    assert page_of(officer) not in browser.get(LIST, bare="1").text
    assert page_of(officer) in browser.get(LIST, q="offi").text


def test_an_account_is_opened_and_its_owner_sets_the_password(
    enter: Enter, security: User, bureau: Organization
) -> None:
    answer = enter(security).post(
        OPEN, username="new.clerk", name="新人", organization=str(bureau.pk), organization_text=bureau.name
    )
    user = User.objects.get(username="new.clerk")
    assert not user.has_usable_password()
    assert user.organization == bureau
    link = re.search(r"http://testserver(/accounts/password/\S+/)</textarea>", answer.text)
    assert link
    owner = enter(None)
    form = owner.get(owner.get(link[1])["Location"])
    assert "Set your password" in form.text
    assert owner.post(form.request["PATH_INFO"], password1="short", password2="short").status_code == 200
    done = owner.post(form.request["PATH_INFO"], password1=PASSWORD, password2=PASSWORD)
    assert done.status_code == 302
    assert User.objects.get(username="new.clerk").check_password(PASSWORD)
    assert acts(user) == ["open_account", "issue_password_link", "set_password"]
    assert "not valid any more" in owner.get(link[1]).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "OFFICER"}, "There is an account “OFFICER” already."),
        ({"username": "no spaces"}, "Use letters a to z"),
        ({"organization": "", "organization_text": "无此单位"}, "No organization is called “无此单位”"),
        ({"name": ""}, "is missing."),
    ],
)
def test_an_account_that_cannot_be_opened_comes_back_as_typed(
    enter: Enter, security: User, officer: User, bureau: Organization, changes: dict[str, str], said: str
) -> None:
    given = {
        "username": "zhang", "name": "张三", "organization": str(bureau.pk), "organization_text": bureau.name
    } | changes  # fmt: skip
    before = User.objects.count()
    answer = enter(security).post(OPEN, **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(f'value="{value}"' in answer.text for value in given.values() if value)
    assert User.objects.count() == before


def test_a_role_is_granted_with_its_reason(
    enter: Enter, security: User, officer: User, bureau: Organization, county: Area
) -> None:
    sent = granting(bureau, domain="housing", area_text="滕州市", valid_to="2026-12-31")
    assert enter(security).post(page_of(officer), **sent).status_code == 302
    grant = Grant.objects.get(user=officer, role=Role.CLERK)
    assert (grant.organization, grant.area, grant.domain) == (bureau, county, "housing")
    assert (grant.valid_from, grant.valid_to) == (date(2026, 12, 1), date(2026, 12, 31))
    entry = list_entries(("user", officer.pk)).last()
    assert entry is not None
    assert entry.actor == f"user:{security.pk}"
    assert read_body(entry)["reason"] == keyed_hash_of("Order 12 of 2026")
    page = enter(security).get(page_of(officer)).text
    assert "Clerk · 滕州市住房和城乡建设局 · Housing and construction, 滕州市" in page
    assert "Role granted" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "is missing."),
        ({"role": ""}, "is missing."),
        ({"valid_to": "2026-11-30"}, "The last day 2026-11-30 is before the first day 2026-12-01."),
        ({"valid_from": "soon"}, "Write a date such as 2026-11-23."),
        ({"area_text": "无此地"}, "No area is called “无此地”"),
    ],
)
def test_a_grant_that_makes_no_sense_comes_back_as_typed(
    enter: Enter, security: User, officer: User, bureau: Organization, changes: dict[str, str], said: str
) -> None:
    answer = enter(security).post(page_of(officer), **granting(bureau, **changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert Grant.objects.filter(user=officer).count() == 1


def test_nobody_becomes_a_second_administrator(
    enter: Enter, security: User, auditor: User, bureau: Organization
) -> None:
    answer = enter(security).post(page_of(auditor), **granting(bureau, role="system_administrator"))
    assert answer.status_code == 422
    assert "must be three people" in answer.text
    assert "Order 12 of 2026" in answer.text


def test_no_administrator_changes_their_own_account(enter: Enter, security: User, bureau: Organization) -> None:
    browser = enter(security)
    page = browser.get(page_of(security)).text
    assert "Nobody changes their own rights" in page
    assert 'name="do"' not in page
    grant = security.grants.get()
    for sent in (granting(bureau), {"do": "lock"}, {"do": f"end-{grant.pk}"}):
        assert browser.post(page_of(security), **sent).status_code == 404
    assert acts(security) == ["open_account", "grant_role"]


def test_a_grant_is_ended(enter: Enter, security: User, officer: User) -> None:
    grant = officer.grants.get()
    browser = enter(security)
    ending = {"do": f"end-{grant.pk}", f"end-{grant.pk}-last_on": "2026-11-30"}
    assert browser.post(page_of(officer), **ending).status_code == 302
    longer = browser.post(page_of(officer), **(ending | {f"end-{grant.pk}-last_on": "2026-12-31"}))
    assert longer.status_code == 422
    assert "This grant ends on 2026-11-30 already" in longer.text
    assert officer.grants.get().valid_to == date(2026, 11, 30)


def test_a_locked_account_is_signed_out_and_opens_again(enter: Enter, security: User, officer: User) -> None:
    theirs, browser = enter(officer), enter(security)
    assert theirs.get("/desk/me/").status_code == 200
    assert browser.post(page_of(officer), do="lock").status_code == 302
    assert theirs.get("/desk/me/").status_code == 302
    assert browser.post(page_of(officer), do="lock").status_code == 404
    link = browser.post(reverse("accounts:link", args=[officer.pk]))
    assert link.status_code == 302
    assert "This account is locked. Unlock it first." in browser.get(page_of(officer)).text
    assert browser.post(page_of(officer), do="unlock").status_code == 302
    assert acts(officer)[-2:] == ["lock_account", "unlock_account"]


def test_suggestions_name_organizations_and_areas(
    enter: Enter, security: User, bureau: Organization, county: Area
) -> None:
    browser = enter(security)
    (one,) = browser.get("/desk/accounts/suggest/organizations/", q="滕州").json()
    assert one == {"id": bureau.pk, "label": bureau.name, "note": "山东省枣庄市滕州市"}
    (area,) = browser.get("/desk/accounts/suggest/areas/", q="滕").json()
    assert area == {"id": county.pk, "label": "滕州市", "note": "山东省枣庄市滕州市"}
    (coded,) = browser.get("/desk/accounts/suggest/areas/", q="370481").json()
    assert coded["label"] == "370481000000"
    assert browser.get("/desk/accounts/suggest/secrets/", q="x").status_code == 404
