"""A database that holds a simulated record is a demonstration, whoever serves it."""

import pytest
from pytest_django import Settings

from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.notices.adapters import ConsoleAdapter, _adapters, adapter_for
from zhicheng.ground.notices.models import Channel
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.context import house


class Outside:
    """An adapter that would reach other people."""

    def send(self, message: object) -> None:
        """Never called: the tests only ask which adapter is chosen."""


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    adapter = Outside()
    monkeypatch.setitem(_adapters, Channel.EMAIL, adapter)
    return adapter


def invent_company(county: Area) -> None:
    Organization.objects.create(name="x", sort_key="x", kind="company", area=county, simulated=True)
    forget_kept()


def test_real_records_are_not_marked(county: Area, outside: Outside) -> None:
    Organization.objects.create(name="x", sort_key="x", kind="company", area=county)
    assert not is_simulated()
    assert adapter_for(Channel.EMAIL) is outside


def test_one_invented_company_marks_the_database(county: Area, outside: Outside) -> None:
    invent_company(county)
    assert is_simulated()
    assert isinstance(adapter_for(Channel.EMAIL), ConsoleAdapter)


def test_one_invented_account_does_so(database: None) -> None:
    User.objects.create(username="clerk", name="x", simulated=True)
    assert is_simulated()


def test_the_setting_marks_what_is_still_empty(database: None, settings: Settings) -> None:
    settings.SIMULATED = True
    assert is_simulated()


def test_pages_say_so(county: Area, rf: object) -> None:
    invent_company(county)
    assert house(rf.get("/"))["simulated_site"] is True  # type: ignore[attr-defined]
