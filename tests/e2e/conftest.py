"""A city with its people, the product served to a real browser, and a check of every page that it opens."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import modify_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from databases import Databases
from e2e.city import City, build_city
from e2e.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
LOOPBACK = "localhost"
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


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address at which the product is served, on whatever database the test leads to."""
    server = LiveServerThread(LOOPBACK, StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    with modify_settings(ALLOWED_HOSTS={"append": LOOPBACK}):
        yield f"http://{LOOPBACK}:{server.port}"
    server.terminate()


@pytest.fixture
def city(
    browser: Browser, served: str, databases: Databases, django_db_blocker: DjangoDbBlocker, settings: LazySettings
) -> Iterator[City]:
    """The city of the demonstration without its cases; what is done in it is seen by everybody."""
    settings.BASE_URL = served
    with django_db_blocker.unblock(), databases.committed(build_city) as city:
        yield city


@pytest.fixture(params=[PHONE, DESKTOP])
def width(request: pytest.FixtureRequest) -> int:
    """A telephone's width and a desk's."""
    return int(request.param)


Enter = Callable[..., Visitor]


@pytest.fixture
def enter(browser: Browser, city: City, served: str) -> Iterator[Enter]:
    """Somebody with a browser of their own: `enter("clerk", width=390)` signs in, `enter(width=390)` does not.

    While somebody is `watched`, every page that they open is looked over; it takes a second, and script.
    """
    contexts = []

    def enter(
        username: str = "", *, width: int, language: str = "en", script: bool = True, watched: bool = True
    ) -> Visitor:
        context = browser.new_context(
            base_url=served, viewport={"width": width, "height": HEIGHTS[width]}, locale=language,
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
