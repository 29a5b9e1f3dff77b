"""Every kind of page, on a telephone in Chinese and at a desk in English: axe finds nothing on any of them."""

from random import Random
from uuid import UUID

import pytest

from e2e.city import City
from e2e.conftest import DESKTOP, PHONE, Enter
from e2e.visitor import Visitor
from zhicheng.cases.api import Case, Complaint, housing_of, open_case
from zhicheng.demo.story import photograph
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.files.api import IMAGES, accept_upload
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import advance

LOOKS = pytest.mark.parametrize(("width", "language"), [(PHONE, "zh-CN"), (DESKTOP, "en")])
PUBLIC = ("/", "/zaozhuang/", "/zaozhuang/complain/", "/track/", "/accounts/login/", "/nowhere/")
STAFF = (
    "/desk/", "/desk/?overdue=1", "/desk/cases/", "/desk/cases/?q=漏水", "/desk/cases/?sort=nonsense",
    "/desk/cases/historical/", "/desk/cases/import/", "/desk/cases/frequent/", "/desk/cases/by-place/",
    "/desk/search/", "/desk/search/?q=漏水", "/desk/search/?q=nothing", "/desk/notices/", "/desk/sites/",
    "/desk/me/",
    "/accounts/password/", "/accounts/second-factor/", "/accounts/second-factor/totp/activate/", "/desk/accounts/",
)  # fmt: skip


def test_a_faulty_page_is_found(city: City, enter: Enter) -> None:
    visitor = enter(width=PHONE)
    visitor.go("/track/")
    visitor.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        visitor.look()
    visitor.page.evaluate("document.querySelector('main > img').remove()")
    visitor.page.evaluate("console.error('broken')")
    with pytest.raises(AssertionError, match="broken"):
        visitor.look()


@LOOKS
def test_public_pages(city: City, enter: Enter, width: int, language: str) -> None:
    citizen = enter(width=width, language=language)
    for address in PUBLIC:
        citizen.go(address)
    citizen.go("/zaozhuang/complain/")
    citizen.page.locator("#id_phone").fill("12")
    submit(citizen)
    assert citizen.page.locator("[data-invalid]").count() >= 4
    citizen.go("/track/")
    citizen.page.locator("#id_number").fill("TS-1")
    submit(citizen)
    assert citizen.page.locator(".zc-alert[role=alert]").is_visible()
    citizen.go("/accounts/login/")
    submit(citizen)
    assert citizen.page.locator("[data-invalid]").count() == 2


@LOOKS
def test_pages_of_staff(city: City, enter: Enter, width: int, language: str) -> None:
    case = accepted_case(city)
    officer = enter("officer", width=width, language=language)
    for address in STAFF:
        officer.go(address)
    officer.go(f"/desk/sites/{city.estate.project.id}/")
    officer.go(f"/desk/sites/{city.estate.buildings[0].id}/")
    officer.go(f"/desk/organizations/{city.estate.companies[0].id}/")
    officer.go(f"/desk/organizations/{User.objects.get(username='officer').organization_id}/")
    officer.go(f"/desk/cases/{case.number}/")
    for step in officer.page.locator("details.zc-more > summary, details.zc-action > summary").all():
        step.click()
    officer.look()
    officer.go(f"/desk/cases/{case.number}/reporter/")
    submit(officer)
    officer.page.locator("#id_reason").fill("call back")
    submit(officer)
    officer.sees("王明")


@LOOKS
@pytest.mark.parametrize(
    ("username", "addresses"),
    [
        ("secadmin", ("/desk/", "/desk/accounts/", "/desk/accounts/open/", "/desk/accounts/{clerk}/")),
        ("auditor", ("/desk/", "/desk/ledger/", "/desk/ledger/roots/", "/desk/ledger/user/{clerk}/",
                     "/desk/ledger/user/{clerk}/1/")),
        ("sysadmin", ("/desk/", "/desk/system/", "/desk/system/packs/")),
        ("company", ("/desk/", "/desk/cases/", "/desk/notices/", "/desk/me/")),
    ],
)  # fmt: skip
def test_pages_of_others(
    city: City, enter: Enter, width: int, language: str, username: str, addresses: tuple[str, ...]
) -> None:
    clerk = User.objects.get(username="clerk").pk
    person = enter(username, width=width, language=language)
    for address in addresses:
        person.go(address.format(clerk=clerk))
        for step in person.page.locator("main details > summary").all():
            step.click()
        person.look()


def submit(person: Visitor) -> None:
    """Sends the first form of the page's content as it is."""
    with person.page.expect_navigation():
        person.page.locator("main form[method=post] button.btn-primary").last.click()
    person.look()


def accepted_case(city: City) -> Case:
    """A complaint with a photograph that the clerk has accepted."""
    building, now = city.estate.buildings[0], clock.now()
    photo = accept_upload(upload=photograph(Random(1)), purpose="complaint", allowed=IMAGES)
    complaint = Complaint(
        title="卫生间漏水", description="卫生间顶板持续漏水，墙面发霉。", area=building.area, site=building,
        category=get_term("housing.category", "leak", building.area), request_key=UUID(int=7, version=4),
        reporter_name="王明", reporter_phone="13800000000", photos=(photo,),
    )  # fmt: skip
    case = open_case(complaint=complaint, now=now).case
    clerk = actor_for(User.objects.get(username="clerk"), clock.today())
    advance(proceeding=housing_of(case).id, verb="accept", by=clerk, now=clock.now())
    return case
