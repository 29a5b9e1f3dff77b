"""One complaint from end to end, played by five people on a telephone and at a desk."""

from e2e.city import COUNTY, City
from e2e.conftest import PHONE, Enter
from e2e.parts import accept, answer, call, complain, follow, open_from_inbox, order, received, verify
from e2e.visitor import field


def test_a_complaint_is_rectified_and_closed(city: City, enter: Enter, width: int) -> None:
    citizen = enter(width=width)
    kept = complain(citizen, city)
    clerk, officer, caller = (enter(name, width=width) for name in ("clerk", "officer", "caller"))
    accept(clerk, kept)
    link = order(officer, kept, city)
    answer(enter(width=width), link)
    verify(officer, kept)
    call(caller, kept)
    follow(citizen, kept)
    citizen.stands("Closed")
    citizen.sees("Verify on the spot", "Report as rectified", "Order rectification")
    citizen.sees_photos(2)
    citizen.sees_not("内部")


def test_dissatisfaction_reopens(city: City, enter: Enter) -> None:
    citizen = enter(width=PHONE, watched=False)
    kept = complain(citizen, city)
    clerk, officer, caller = (enter(name, width=PHONE, watched=False) for name in ("clerk", "officer", "caller"))
    accept(clerk, kept)
    answer(enter(width=PHONE, watched=False), order(officer, kept, city))
    verify(officer, kept)
    open_from_inbox(caller, kept)
    form = caller.step("Dissatisfied: reopen")
    field(form, "reason").fill("下雨后又渗水了。")
    caller.take(form)
    open_from_inbox(clerk, kept)
    clerk.sees("Dissatisfied: reopen", "下雨后又渗水了。")
    follow(citizen, kept)
    citizen.sees("Dissatisfied: reopen", "下雨后又渗水了。")
    citizen.stands("Received, to be accepted")


def test_a_refusal_names_the_field_and_keeps_what_was_typed(city: City, enter: Enter, width: int) -> None:
    kept = complain(enter(width=width), city)
    accept(enter("clerk", width=width), kept)
    officer = enter("officer", width=width)
    open_from_inbox(officer, kept)
    form = officer.step("Order rectification")
    field(form, "requirement").fill("返工，并作蓄水试验。")
    officer.take(form)
    officer.sees("things need to be put right", "“Cause” is missing.", "“To be rectified by” is missing.")
    again = officer.step("Order rectification")
    assert field(again, "requirement").input_value() == "返工，并作蓄水试验。"
    assert officer.page.locator("[data-invalid]").count() == 3
    summary = officer.page.locator(".zc-alert[role=alert]")
    assert summary.evaluate("one => one === document.activeElement")


def test_a_citizen_without_script(city: City, enter: Enter) -> None:
    citizen = enter(width=PHONE, script=False)
    page = citizen.page
    citizen.go("/zaozhuang/complain/")
    page.locator("#id_description").fill("厨房墙砖空鼓脱落三块，其余也有松动。")
    page.locator("#id_county").select_option(label=COUNTY)
    citizen.press("Show the next level")
    page.locator("#id_township").select_option(label=city.township)
    page.locator("#id_site_text").fill(city.estate.project.name)
    citizen.press("Send the complaint")
    citizen.sees("What is wrong", "need")
    assert page.locator("#id_description").input_value() == "厨房墙砖空鼓脱落三块，其余也有松动。"
    page.locator("#id_category").select_option(value="tile")
    citizen.press("Send the complaint")
    kept = received(citizen)
    citizen.press("Follow the case")
    citizen.sees(kept.number, "厨房墙砖空鼓")
