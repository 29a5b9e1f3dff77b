"""A place for files that vanishes with the test, and a photo."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings


@pytest.fixture
def files_root(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(target, "JPEG")
    return target.getvalue()
