"""A small pack on disk, and a process that remembers nothing of the test before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.packs.small_pack import small_demands, write_pack
from zhicheng.ground.packs import demands
from zhicheng.ground.packs.api import forget_loaded


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What a rolled-back test loaded is not what the database says now."""
    forget_loaded()
    yield
    forget_loaded()


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound pack of one small city."""
    monkeypatch.setattr(demands, "_sources", [small_demands])
    return write_pack(tmp_path / "smallcity")
