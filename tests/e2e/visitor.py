"""Somebody at a browser: goes to pages, fills forms, presses buttons; every page that opens is looked over."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from zhicheng.demo.people import PASSWORD

AXE = Axe()
ASKED = {"resultTypes": ["violations"], "preload": False}
"""No rule that is asked reads files of styles or sounds, so they are not fetched once more."""


class Visitor:
    """A person in front of one page."""

    def __init__(self, page: Page, *, watched: bool = True) -> None:
        self.page = page
        self.watched = watched
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, username: str) -> None:
        """Signs in as one of the demonstration's people."""
        self.go("/accounts/login/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("main form button[type=submit]").click()
        self.page.wait_for_url("**/desk/**")
        self.look()

    def go(self, address: str) -> None:
        """Opens an address and looks the page over."""
        self.page.goto(address)
        self.await_cursor()
        self.look()

    def await_cursor(self) -> None:
        """Waits until the cursor stands where the page puts it: it does so only when it is first painted."""
        if self.page.locator("[autofocus]").count():
            self.page.locator("[autofocus]:focus").wait_for()

    def look(self) -> None:
        """No page breaks a rule of accessibility, is wider than the screen, or has an error in its console."""
        if not self.watched:
            return
        self.page.wait_for_load_state("load")
        where = f"{self.page.url} at {self.page.viewport_size}"
        found = AXE.run(self.page, options=ASKED).response["violations"]
        assert not found, f"{where}:\n" + "\n".join(_told(one) for one in found)
        wider = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{where} is {wider} px wider than the screen"
        assert not self.complaints, f"{where}: {self.complaints}"

    def press(self, name: str) -> None:
        """Presses the button or link of the page's content with this name, and looks at what comes."""
        main = self.page.locator("main")
        either = main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            either.first.click()
        self.look()

    def choose(self, title: str) -> None:
        """Follows the tile with this title."""
        with self.page.expect_navigation():
            self.page.locator("main a.zc-tile").filter(has=self.page.get_by_text(title, exact=True)).click()
        self.look()

    def step(self, name: str) -> Locator:
        """Opens the step with this name, if it is not open, wherever it is folded away; returns its form."""
        step = self.page.locator("details.zc-action").filter(has=self.page.locator("summary", has_text=name)).first
        fold = self.page.locator("details.zc-more:not([open])").filter(has=step)
        if fold.count():
            fold.locator("> summary").click()
        if step.get_attribute("open") is None:
            step.locator("summary").click()
        return step.locator("form")

    def take(self, form: Locator, *, surely: bool = False) -> None:
        """Sends the form of a step, `surely` if it asks once more, and looks at what comes."""
        with self.page.expect_navigation():
            form.locator("button[type=submit], button.btn-primary").last.click()
            if surely:
                self.page.locator("dialog button[value=yes]").click()
        self.look()

    def sees(self, *texts: str) -> None:
        """The content of the page says this."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        """The content of the page does not say this."""
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def stands(self, state: str) -> None:
        """The case is in this state, by its title line."""
        expect(self.page.locator("main .zc-page-meta .zc-state").first).to_have_text(state)

    def sees_photos(self, count: int) -> None:
        """The page shows so many photographs, and the browser could draw each."""
        photos = self.page.locator("main figure img")
        expect(photos).to_have_count(count)
        for photo in photos.all():
            photo.scroll_into_view_if_needed()
            expect(photo).to_have_js_property("complete", value=True)
            assert photo.evaluate("one => one.naturalWidth") > 0

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that says why it refused is answered with 4xx, which the browser repeats here.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)


def field(form: Locator, name: str) -> Locator:
    """The input of a step's form by the name of what it asks for."""
    return form.locator(f"[name$='-{name}']")


def _told(violation: dict[str, Any]) -> str:
    where = "; ".join(
        f"{node['target']} {node['html'][:160]} — {node['failureSummary']}" for node in violation["nodes"][:5]
    )
    return f"{violation['id']}: {violation['help']}: {where}"
