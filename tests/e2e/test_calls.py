"""A call at the hotline's desk, taken by keyboard alone while the caller speaks."""

from e2e.city import City
from e2e.conftest import DESKTOP, Enter
from e2e.visitor import Visitor

PHONE = "13800005678"


def test_a_call_becomes_a_case_without_a_mouse(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP)
    take(agent, city)
    agent.sees("A case was opened", "Tell the caller", "TS-3704-")
    with agent.page.expect_navigation():
        agent.page.keyboard.press("Enter")  # the focus is on “Next call”
    assert agent.page.evaluate("document.activeElement.id") == "id_phone"


def test_the_second_call_finds_the_first_and_is_added_to_it(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP, watched=False)
    take(agent, city)
    agent.go("/desk/calls/new/")
    keys = agent.page.keyboard
    keys.type(PHONE)
    agent.page.get_by_text("This number has called before").wait_for()
    agent.page.locator("#id_description").fill("卫生间顶板还在渗漏。")
    agent.page.get_by_text("Perhaps the same matter").wait_for()
    agent.page.get_by_role("button", name="Add to this case").first.click()
    agent.page.get_by_text("Call recorded").first.wait_for()
    agent.sees("Added to an earlier case")
    agent.press("To the case")
    agent.sees("Add something", "卫生间顶板还在渗漏。")


def test_what_is_missing_is_said_and_what_was_typed_stays(city: City, enter: Enter, width: int) -> None:
    agent = enter("caller", width=width)
    agent.go("/desk/calls/new/")
    agent.page.locator("#id_description").fill("卫生间顶板渗漏。")
    agent.page.locator("#id_place_text").fill("没有这个地方")
    agent.page.keyboard.press("Control+Enter")
    agent.page.locator(".zc-alert[role=alert]").wait_for()
    agent.look()
    agent.sees("Choose the place among the suggestions")
    assert agent.page.locator("#id_description").input_value() == "卫生间顶板渗漏。"


def take(agent: Visitor, city: City) -> None:
    """From the empty form to the case, by the keys that somebody types."""
    agent.go("/desk/calls/new/")
    keys = agent.page.keyboard
    for typed in (PHONE, "王芳", "", "卫生间顶板渗漏，下雨后滴水。"):
        keys.type(typed)
        keys.press("Tab")
    keys.type(city.estate.project.name)
    pick(agent)
    keys.press("Tab")
    keys.type("3单元201")
    keys.press("Tab")
    keys.type("sl")
    pick(agent)
    keys.press("Control+Enter")
    agent.page.get_by_text("Call recorded").first.wait_for()
    agent.look()


def pick(agent: Visitor) -> None:
    """Takes the first suggestion."""
    agent.page.locator("[role=option][data-index]:visible").first.wait_for()
    agent.page.keyboard.press("ArrowDown")
    agent.page.keyboard.press("Enter")


def test_a_suggested_category_is_taken_by_one_key(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP)
    agent.go("/desk/calls/new/")
    agent.page.locator("#id_description").fill("供暖以后家里一直不热。")
    agent.page.get_by_text("Suggested category").wait_for()
    agent.look()
    agent.sees("From the words of the categories and invented texts")
    agent.page.keyboard.press("Alt+1")
    assert agent.page.locator("#id_category").input_value() == "heating"
    assert agent.page.locator("#id_category_text").input_value() == "Heating that stays cold"
    assert agent.page.evaluate("document.activeElement.id") == "id_category_text"
