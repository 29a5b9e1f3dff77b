"""What a request leaves in the log: data, whose request it was, and nothing that opens a record."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from web.walk.people import City
from zhicheng.config.logs import REQUEST_HEADER, formatter
from zhicheng.core.log_lines import without_secrets

SECRETS = {"secret", "code", "key", "token", "token_id"}
"""Parts of addresses of these names, where they are text, open something."""


class Written:
    """The log of one test, as its file has it."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter(readable=False))

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Written]:
    written = Written()
    root = logging.getLogger()
    root.addHandler(written.handler)
    yield written
    root.removeHandler(written.handler)


def test_a_mistake_on_the_answer_page_does_not_write_its_link_down(browsing: City, log: Written) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    answer = Client().post(f"/answer/{matter.invitation}/", {"verb": "promise", "promised_on": "never"})
    assert answer.status_code >= 400
    assert matter.invitation not in log.stream.getvalue()
    (line,) = log.lines
    assert line["event"].endswith(": /answer/***/")
    assert (line["level"], line["logger"]) == ("warning", "django.request")
    assert line["request"] == answer[REQUEST_HEADER]


def test_a_line_says_whose_request_it_was(browsing: City, log: Written) -> None:
    person = browsing.people["t-officer"]
    person.browser().get("/desk/cases/TS-1/")
    (line,) = log.lines
    assert line["actor"].startswith("user:")


def test_the_next_request_is_not_taken_for_the_one_before(browsing: City, log: Written) -> None:
    browsing.people["t-officer"].browser().get("/desk/")
    Client().get("/nowhere/at/all/")
    assert "actor" not in log.lines[-1] or log.lines[-1]["actor"] == "public"
    structlog.get_logger("zhicheng.test").warning("between requests", case="TS-1")
    last = log.lines[-1]
    assert last["event"] == "between requests"
    assert last["case"] == "TS-1"
    assert "request" not in last


def test_a_failure_is_one_line_with_its_traceback(log: Written) -> None:
    try:
        raise ValueError("D6FC-V2K1-7QXM-0A3T")
    except ValueError:
        structlog.get_logger("zhicheng.test").exception("it failed")
    (line,) = log.lines
    assert line["exception"].endswith("ValueError: ***")


def guarded(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = str(one.pattern)
        if isinstance(one, URLResolver):
            yield from guarded(one, before + route)
        elif isinstance(one, URLPattern) and SECRETS & {
            name for name, kind in one.pattern.converters.items() if type(kind).__name__ == "StringConverter"
        }:
            yield before + route


def test_every_address_with_a_secret_is_known_to_the_log() -> None:
    routes = [route for route in guarded(get_resolver()) if "/services/" not in route]  # a category's code
    assert any(route.startswith("/answer/") for route in routes)
    for route in routes:
        path = re.sub(r"<int:\w+>", "7", re.sub(rf"<(str:)?({'|'.join(SECRETS)})>", "abc123secret", route))
        assert "abc123secret" in path
        assert "abc123secret" not in without_secrets(path), route
