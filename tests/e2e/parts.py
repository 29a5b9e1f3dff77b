"""What each person does in the loop, as often as the journeys need it."""

from dataclasses import dataclass
from datetime import timedelta

from e2e.city import COUNTY, City, photograph
from e2e.visitor import Visitor, field
from zhicheng.ground import clock

TEXT = "卫生间顶板持续渗水，墙面发霉，物业看过两次没有处理。"


@dataclass(frozen=True)
class Kept:
    """What the citizen writes down."""

    number: str
    secret: str


def complain(citizen: Visitor, city: City) -> Kept:
    """Complains about the first building, with a photograph."""
    page = citizen.page
    citizen.go("/zaozhuang/")
    citizen.choose("Complain about a home")
    page.locator("#id_county").select_option(label=COUNTY)
    page.locator("#id_township").select_option(label=city.township)
    page.locator("#id_site_text").press_sequentially(city.estate.project.name[:4])
    page.get_by_role("option", name=city.building).first.click()
    page.locator("#id_place").fill("2单元1101室")
    page.locator("#id_category").select_option(value="leak")
    page.locator("#id_description").fill(TEXT)
    page.locator("#id_photos").set_input_files([photograph()])
    page.locator("#id_name").fill("王明")
    page.locator("#id_phone").fill("13800000000")
    citizen.press("Send the complaint")
    return received(citizen)


def received(citizen: Visitor, told: str = "We have your complaint") -> Kept:
    """Reads the number and the secret from the page that answers, which tells what was taken."""
    citizen.sees(told, "Keep these two")
    number, secret = citizen.page.locator("main strong.zc-code").all_inner_texts()
    return Kept(number, secret)


def follow(citizen: Visitor, kept: Kept) -> None:
    """Opens the case with number and secret."""
    citizen.go("/track/")
    citizen.page.locator("#id_number").fill(kept.number)
    citizen.page.locator("#id_secret").fill(kept.secret)
    citizen.press("Open the case")
    citizen.sees(kept.number)


def open_from_inbox(staff: Visitor, kept: Kept) -> None:
    """Finds the case in the inbox and opens it."""
    staff.go("/desk/")
    row = staff.page.locator("#list tbody tr", has_text=kept.number)
    with staff.page.expect_navigation():
        row.locator("a").first.click()
    staff.look()
    staff.sees(kept.number)


def accept(clerk: Visitor, kept: Kept) -> None:
    """The clerk accepts."""
    open_from_inbox(clerk, kept)
    clerk.take(clerk.step("Accept"))
    clerk.sees("Done: Accept")


def order(officer: Visitor, kept: Kept, city: City) -> str:
    """The officer names cause and company, sets a date, and makes the company's link."""
    open_from_inbox(officer, kept)
    officer.sees("Who answers for the building", city.developer)
    form = officer.step("Order rectification")
    field(form, "cause").select_option(value="workmanship")
    form.get_by_label(city.developer).check()
    field(form, "due_on").fill(in_days(30))
    field(form, "requirement").fill("查明渗漏部位，按规范返工，并作蓄水试验。")
    officer.take(form)
    officer.sees("Done: Order rectification", "Ordered to rectify")
    officer.press("Make a link")
    return officer.page.locator("main a.zc-prose").inner_text()


def answer(company: Visitor, link: str) -> None:
    """The company promises a date and shows what it did."""
    company.go(link)
    company.sees("查明渗漏部位")
    company.sees_not("王明", "13800000000")
    form = company.step("Promise a date")
    field(form, "promised_on").fill(in_days(7))
    company.take(form)
    form = company.step("Report as rectified")
    field(form, "evidence").set_input_files([photograph()])
    field(form, "note").fill("已按要求返工。")
    company.take(form)
    company.sees("Nothing to do for you now", "Reported as rectified")
    company.sees_photos(2)


def verify(officer: Visitor, kept: Kept) -> None:
    """The officer looks at the place."""
    open_from_inbox(officer, kept)
    form = officer.step("Verify on the spot")
    field(form, "checked_on").fill(in_days(0))
    field(form, "finding").fill("蓄水试验四十八小时无渗漏。")
    officer.take(form)
    officer.stands("Awaiting call-back")


def call(caller: Visitor, kept: Kept) -> None:
    """The call-back clerk records that the citizen is satisfied."""
    open_from_inbox(caller, kept)
    form = caller.step("Record the call-back")
    field(form, "outcome").select_option("satisfied")
    field(form, "remark").fill("住户表示已修好。")
    caller.take(form)
    caller.stands("Closed")


def in_days(days: int) -> str:
    """A day as a date input takes it."""
    return (clock.today() + timedelta(days=days)).isoformat()
