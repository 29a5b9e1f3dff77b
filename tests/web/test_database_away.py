"""While the database cannot be reached people are asked to wait, and the log stays short."""

import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.utils import IntegrityError, OperationalError
from django.test import Client

from zhicheng.ground.database.away import AwayOnce, is_away


@pytest.fixture
def database(committed: None) -> None:
    """A connection that can be closed: no transaction is held open."""


@pytest.fixture
def away(database: None) -> Iterator[None]:
    """Nothing listens where the database was."""
    told = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}
    yield
    connection.close()
    connection.settings_dict |= told


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "请稍候"), ("en", "One moment, please")])
@pytest.mark.parametrize("address", ["/", "/zaozhuang/complain/", "/track/", "/desk/", "/healthz"])
def test_a_page_asks_to_wait(away: None, address: str, language: str, said: str) -> None:
    browser = Client(raise_request_exception=False, headers={"accept-language": language})
    browser.cookies["sessionid"] = "x" * 32
    response = browser.get(address)
    if address == "/track/":
        assert response.status_code in (200, 503)
        return
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert said in response.content.decode()


def test_a_form_is_asked_to_be_sent_again(away: None) -> None:
    response = Client(raise_request_exception=False).post("/zaozhuang/complain/", {"description": "x"})
    assert response.status_code == 503


def test_a_program_is_told_a_problem(away: None) -> None:
    response = Client(raise_request_exception=False).get(
        "/api/v1/cases", headers={"authorization": f"Bearer zck_0a1b2c3d_{'x' * 43}"}
    )
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "10"
    assert response.json()["type"].endswith("#away")


def test_the_log_says_it_once(away: None, caplog: pytest.LogCaptureFixture) -> None:
    once = AwayOnce()
    for _ in range(3):
        Client(raise_request_exception=False).get("/")
    failures = [record for record in caplog.records if record.name == "django.request"]
    assert len(failures) == 3
    assert [once.filter(record) for record in failures] == [True, False, False]
    assert failures[0].getMessage() == "the database cannot be reached"
    assert failures[0].exc_info is None


def test_other_failures_are_faults(database: None) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "it failed", (), (ValueError, ValueError("x"), None))
    once = AwayOnce()
    assert once.filter(record)
    assert once.filter(record)
    assert record.getMessage() == "it failed"
    assert not is_away(None)
    assert not is_away(IntegrityError("duplicate"))
    with pytest.raises(OperationalError) as failed, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1; SELECT pg_sleep(5)")
    assert not is_away(failed.value)
    connection.close()
