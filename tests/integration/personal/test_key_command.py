"""`zhicheng personal new-key` and `rotate-keys`: the newest key comes first and nothing is sealed with another."""

from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from zhicheng.cases.erasure.commands import app
from zhicheng.runtime.home import Home
from zhicheng.runtime.secrets import Secrets
from zhicheng.runtime.services import AlreadyRunningError, only_run


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Home:
    settings.HOME = Home(tmp_path / "home")
    settings.LANGUAGE_CODE = "en"
    Secrets.load_or_create(settings.HOME)
    return settings.HOME


def test_a_new_key_stands_first_and_the_old_ones_stay(home: Home) -> None:
    before = Secrets.load(home.secrets_file)
    result = CliRunner().invoke(app, ["new-key"])
    assert "rotate-keys" in result.output
    after = Secrets.load(home.secrets_file)
    assert after.field_encryption_keys[1:] == before.field_encryption_keys
    assert after.ledger_key == before.ledger_key


def test_no_key_is_added_while_the_home_is_served(home: Home) -> None:
    before = home.secrets_file.read_bytes()
    with only_run(home):
        result = CliRunner().invoke(app, ["new-key"])
    assert isinstance(result.exception, AlreadyRunningError)
    assert home.secrets_file.read_bytes() == before
