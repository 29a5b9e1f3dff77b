"""Every page that an address answers with, in both languages on a telephone: axe finds nothing on any of them.

The addresses are the walker's, so a new page is looked at from the day it is there. Nothing is served: the browser
is handed what the product answers, within one transaction and at one moment.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route
from pytest_django import DjangoDbBlocker

from databases import Databases
from e2e.conftest import HEIGHTS, PHONE
from e2e.visitor import Visitor
from web.walk.moments import NOW
from web.walk.people import City, build_city
from web.walk.screens import Screen, list_screens
from zhicheng.ground import clock

ORIGIN = "http://zhicheng.test"
STATIC = "/static/"
UNFOLD = """() => {
  document.querySelectorAll("main details").forEach((one) => (one.open = true));
  document.querySelector("#filters[popover]")?.showPopover();
}"""
"""Opens every step and the sheet of filters: what is folded away is not looked at."""


@pytest.fixture
def walked(browser: Browser, databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """The walkers' city; time stands still, and in the end everything is rolled back."""
    with django_db_blocker.unblock(), databases.rolled_back(build_city) as city, clock.fixed_at(NOW):
        yield city


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_a_fault(walked: City, browser: Browser, language: str) -> None:
    screens = list(list_screens(walked, language))
    assert len({screen.route for screen in screens}) > 40, "the walk came by too few pages"
    faults = list(_faults(browser, screens))
    assert not faults, "\n".join(faults)


def test_a_fault_is_named_with_its_page(walked: City, browser: Browser) -> None:
    screen = next(list_screens(walked, "en"))
    broken = replace(screen, body=screen.body.replace(b"<h1>", b'<img src="/x"><h1>'))
    (fault,) = _faults(browser, [broken])
    assert fault.startswith(screen.name)
    assert "image-alt" in fault


def _faults(browser: Browser, screens: list[Screen]) -> Iterator[str]:
    """Shows one page after the other, and says what is wrong with each."""
    context = browser.new_context(viewport={"width": PHONE, "height": HEIGHTS[PHONE]})
    visitor, stage = Visitor(context.new_page()), Stage()
    visitor.page.route("**/*", stage.answer)
    for stage.screen in screens:
        visitor.page.goto(ORIGIN + stage.screen.path)
        visitor.page.evaluate(UNFOLD)
        try:
            visitor.look()
        except AssertionError as fault:
            yield f"{stage.screen.name}: {fault}"
        visitor.complaints.clear()
    context.close()


class Stage:
    """What stands in for the server while a screen is shown: photographs alone are left out."""

    screen: Screen

    def answer(self, route: Route) -> None:
        """The page itself, a file of its assets, or the figures that it draws.

        What a page asks for while somebody types stays as the page came with it.
        """
        path = route.request.url.removeprefix(ORIGIN)
        if route.request.is_navigation_request():
            route.fulfill(content_type="text/html", body=self.screen.body)
        elif path in self.screen.figures:
            route.fulfill(content_type="application/json", body=self.screen.figures[path])
        elif path.startswith(STATIC):
            found = finders.find(path.removeprefix(STATIC))
            assert isinstance(found, str), path
            route.fulfill(path=found)
        elif route.request.method == "POST":
            route.fulfill(status=204)
        else:
            route.fulfill(status=404)
