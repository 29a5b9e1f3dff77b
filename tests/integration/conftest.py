"""What tests that need PostgreSQL share: a database that forgets, a county, who acts, a moment, a photo."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from zhicheng.core.access import Actor
from zhicheng.ground.areas.api import Area


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def officer() -> Actor:
    return Actor("user:3", "Li")


@pytest.fixture
def county(database: None) -> Area:
    """任城区 with the areas above it."""
    path, parent = "/", None
    for number, (code, name) in enumerate(
        [("370000000000", "山东省"), ("370800000000", "济宁市"), ("370811000000", "任城区")], start=1
    ):
        path = f"{path}{900_000 + number}/"
        parent = Area.objects.create(
            id=900_000 + number, code=code, level=number, name=name, sort_key=name, kind="county",
            parent=parent, path=path, valid_from=date(2014, 1, 1),
        )  # fmt: skip
    assert parent is not None
    return parent


@pytest.fixture
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """A place for files that vanishes with the test."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(target, "JPEG")
    return target.getvalue()
