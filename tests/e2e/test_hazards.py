"""A hazard: reported on the street, ordered removed by a day, removed, verified on the spot; all on a phone."""

from e2e.city import COUNTY, City, photograph
from e2e.conftest import PHONE, Enter
from e2e.parts import Kept, call, follow, in_days, open_from_inbox, received
from e2e.visitor import Visitor, field


def test_a_hazard_is_ordered_removed_and_verified(city: City, enter: Enter) -> None:
    citizen = enter(width=PHONE)
    kept = report(citizen, city)
    clerk, officer = enter("clerk", width=PHONE), enter("officer", width=PHONE)
    open_from_inbox(clerk, kept)
    clerk.take(clerk.step("Take up"))
    link = order(officer, kept, city)
    remove(enter(width=PHONE), link)
    verify(officer, kept)
    call(enter("caller", width=PHONE), kept)
    follow(citizen, kept)
    citizen.stands("Closed")
    citizen.sees("Order removal by a day", "Report as removed", "Removed and verified")


def report(citizen: Visitor, city: City) -> Kept:
    """Reports the scaffold, with a photograph and without a name."""
    page = citizen.page
    citizen.go("/zaozhuang/")
    citizen.choose("Report a hazard")
    page.locator("#id_county").select_option(label=COUNTY)
    page.locator("#id_township").select_option(label=city.township)
    page.locator("#id_category").select_option(value="scaffold")
    page.locator("#id_description").fill("沿街工地脚手架立杆悬空，安全网破损。")
    page.locator("#id_photos").set_input_files([photograph()])
    page.locator("#id_phone").fill("13800000000")
    citizen.page.locator("main form button[type=submit]").last.click()
    return received(citizen, "We have your report of a hazard")


def order(officer: Visitor, kept: Kept, city: City) -> str:
    """Finds it on the spot, orders its removal by a day, and makes the company's link."""
    open_from_inbox(officer, kept)
    form = officer.step("Order removal by a day")
    form.get_by_label("Serious hazard").check()
    field(form, "company").fill(city.developer)
    field(form, "checked_on").fill(in_days(0))
    field(form, "finding").fill("沿街一侧立杆悬空，安全网破损。")
    field(form, "due_on").fill(in_days(3))
    field(form, "requirement").fill("立即停用该侧脚手架，加固立杆，更换安全网。")
    officer.take(form)
    officer.stands("Removal ordered")
    officer.sees("Order to remove a hazard")
    officer.press("Make a link")
    return officer.page.locator("main a.zc-prose").inner_text()


def remove(company: Visitor, link: str) -> None:
    """The company shows what it did."""
    company.go(link)
    company.sees("加固立杆")
    company.sees_not("13800000000")
    form = company.step("Report as removed")
    field(form, "evidence").set_input_files([photograph()])
    company.take(form)
    company.sees("Nothing to do for you now")


def verify(officer: Visitor, kept: Kept) -> None:
    """The officer looks again, with a photograph."""
    open_from_inbox(officer, kept)
    form = officer.step("Verify on the spot")
    field(form, "checked_on").fill(in_days(0))
    field(form, "finding").fill("立杆已落地，安全网已更换。")
    field(form, "site_photos").set_input_files([photograph()])
    officer.take(form)
    officer.stands("Awaiting call-back")
