"""Photographs stay chosen: where a form is refused, and where the connection is lost while it is sent."""

import pytest

from e2e.city import COUNTY, City, photograph
from e2e.conftest import PHONE, Enter
from e2e.parts import TEXT, accept, complain, follow, open_from_inbox, order, received
from e2e.visitor import Visitor, field
from zhicheng.cases.models import Case


@pytest.fixture
def citizen(city: City, enter: Enter) -> Visitor:
    """Somebody on a telephone whose complaint has its photograph, and lacks its category."""
    citizen = enter(width=PHONE)
    citizen.go("/zaozhuang/complain/")
    citizen.page.locator("#id_county").select_option(label=COUNTY)
    citizen.page.locator("#id_township").select_option(label=city.township)
    citizen.page.locator("#id_description").fill(TEXT)
    citizen.page.locator("#id_photos").set_input_files([photograph()])
    citizen.sees("Photographs: 1")
    return citizen


def test_a_refused_complaint_keeps_its_photograph(citizen: Visitor) -> None:
    page = citizen.page
    citizen.press("Send the complaint")
    citizen.sees("“What is wrong” is missing.", "Photographs: 1")
    citizen.sees_not("choose the photographs again")
    assert page.locator(".zc-alert[role=alert]").evaluate("one => one === document.activeElement")
    page.locator("#id_category").select_option(value="leak")
    citizen.press("Send the complaint")
    kept = received(citizen)
    follow(citizen, kept)
    citizen.sees_photos(1)


def test_nothing_is_lost_with_the_connection(citizen: Visitor) -> None:
    page = citizen.page
    page.locator("#id_category").select_option(value="leak")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send the complaint").click()
    citizen.sees("Not sent: the server could not be reached.", "Photographs: 1")
    citizen.complaints.clear()
    page.context.set_offline(False)
    citizen.press("Send the complaint")
    follow(citizen, received(citizen))
    citizen.sees_photos(1)
    assert Case.objects.filter(description=TEXT).count() == 1


def test_a_refused_step_keeps_what_it_is_to_show(city: City, enter: Enter) -> None:
    """What led elsewhere is another page: no photograph is put into its forms."""
    kept = complain(enter(width=PHONE), city)
    accept(enter("clerk", width=PHONE), kept)
    officer, company = enter("officer", width=PHONE), enter(width=PHONE)
    company.go(order(officer, kept, city))
    form = company.step("Report as rectified")
    field(form, "evidence").set_input_files([photograph()])
    field(form, "note").evaluate("one => one.removeAttribute('maxlength')")
    field(form, "note").fill("已" * 2001)
    company.take(form)
    company.sees("at most 2000 are allowed", "Photographs: 1")
    again = company.step("Report as rectified")
    field(again, "note").fill("已按要求返工。")
    company.take(again)
    company.sees("Nothing to do for you now", "Reported as rectified")
    company.sees_photos(2)
    open_from_inbox(officer, kept)
    officer.stands("Reported as rectified")
