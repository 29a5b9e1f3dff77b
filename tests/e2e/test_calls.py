"""A call at the hotline's desk, taken by keyboard alone while the caller speaks."""

from dataclasses import dataclass

from e2e.city import City
from e2e.conftest import DESKTOP, Enter
from e2e.visitor import Visitor

PHONE = "13800005678"
A_MINUTE, FIELDS = 60, 7
STROKE_S, THINK_S, CHINESE = 0.28, 1.35, 4


def test_a_call_becomes_a_case_without_a_mouse(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP)
    take(agent, city.estate.project.name, "卫生间顶板渗漏，下雨后滴水。", "sl")
    agent.sees("A case was opened", "Tell the caller", "TS-3704-")
    with agent.page.expect_navigation():
        agent.page.keyboard.press("Enter")  # the focus is on “Next call”
    agent.await_cursor()
    assert agent.page.evaluate("document.activeElement.id") == "id_phone"


def test_a_tourists_call_is_typed_in_under_a_minute(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP)
    typist = take(agent, city.township, "导游不买东西不开车，在玉器店停了三个小时。", "qp", "退回购物款。")
    agent.sees("A case was opened", "TS-3704-")
    agent.press("To the case")
    agent.sees("Tourism complaint", "Forced or induced shopping")
    assert typist.seconds < A_MINUTE


def test_the_second_call_finds_the_first_and_is_added_to_it(city: City, enter: Enter) -> None:
    agent = enter("caller", width=DESKTOP, watched=False)
    take(agent, city.estate.project.name, "卫生间顶板渗漏，下雨后滴水。", "sl")
    agent.go("/desk/calls/new/")
    keys = agent.page.keyboard
    keys.type(PHONE)
    agent.page.get_by_text("Cases from this number").wait_for()
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


@dataclass
class Typist:
    """Somebody at the keyboard whose strokes are counted, because a browser types faster than anybody."""

    agent: Visitor
    strokes: int = 0

    @property
    def seconds(self) -> float:
        """How long an average typist takes (Card, Moran and Newell 1980: 0.28 s a stroke, 1.35 s to think)."""
        return self.strokes * STROKE_S + FIELDS * THINK_S

    def type(self, text: str) -> None:
        """Types a text; a Chinese character takes an input method four strokes."""
        self.strokes += sum(1 if character.isascii() else CHINESE for character in text)
        self.agent.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self.strokes += 1
            self.agent.page.keyboard.press(key)

    def pick(self) -> None:
        """Takes the first suggestion."""
        self.agent.page.locator("[role=option][data-index]:visible").first.wait_for()
        self.press("ArrowDown", "Enter")


def take(agent: Visitor, place: str, text: str, category: str, demand: str = "") -> Typist:
    """From the empty form to the case, by the keys that somebody types."""
    typist = Typist(agent)
    agent.go("/desk/calls/new/")
    for typed in (PHONE, "王芳", "", text):
        typist.type(typed)
        typist.press("Tab")
    typist.type(place)
    typist.pick()
    typist.press("Tab")
    typist.type("3单元201")
    typist.press("Tab")
    typist.type(category)
    typist.pick()
    if demand:
        agent.page.locator("#id_told-demand").wait_for()
        typist.press("Tab")
        typist.type(demand)
    typist.press("Control+Enter")
    agent.page.get_by_text("Call recorded").first.wait_for()
    agent.look()
    return typist


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
