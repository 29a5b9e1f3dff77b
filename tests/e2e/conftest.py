"""A city with its people, the product served to a real browser, and a check of every page that it opens."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from e2e.city import City, build_city
from e2e.visitor import Visitor
from zhicheng.ground.kept import forget_kept

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
PHONE, DESKTOP = 390, 1440
HEIGHTS = {PHONE: 844, DESKTOP: 900}
PATIENCE_MS = 15_000
"""How long a page may take, so that a busy machine fails no journey."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a browser needs Chromium."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Skips if there is none, or if there is nothing built to show."""
    found = os.environ.get("ZHICHENG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        pytest.skip("no Chromium on this machine: install Debian's, or name one in ZHICHENG_CHROMIUM")
    if not Path(settings.DJANGO_VITE["default"]["manifest_path"]).exists():
        pytest.skip("styles and scripts are not built: run make assets")
    return found


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    """The driver of the browser. It runs an event loop in this thread, beside which Django would not work."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One browser for every test; each person has a profile of their own in it."""
    browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture
def city(browser: Browser, committed: None, live_server: Any, settings: LazySettings) -> City:
    """The city of the demonstration without its cases, served at an address of this machine."""
    settings.BASE_URL = live_server.url
    forget_kept()
    return build_city()


@pytest.fixture(params=[PHONE, DESKTOP])
def width(request: pytest.FixtureRequest) -> int:
    """A telephone's width and a desk's."""
    return int(request.param)


Enter = Callable[..., Visitor]


@pytest.fixture
def enter(browser: Browser, city: City, live_server: Any) -> Iterator[Enter]:
    """Somebody with a browser of their own: `enter("clerk", width=390)` signs in, `enter(width=390)` does not.

    While somebody is `watched`, every page that they open is looked over; it takes a second, and script.
    """
    contexts = []

    def enter(
        username: str = "", *, width: int, language: str = "en", script: bool = True, watched: bool = True
    ) -> Visitor:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": HEIGHTS[width]}, locale=language,
            java_script_enabled=script,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(context.new_page(), watched=watched and script)
        if username:
            visitor.sign_in(username)
        return visitor

    yield enter
    for context in contexts:
        context.close()
