"""What tests that need PostgreSQL share: a database that forgets, a county, who acts, a moment, a photo."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction
from PIL import Image
from pytest_django import DjangoDbBlocker, Settings

from zhicheng.core.access import Actor
from zhicheng.ground.areas.api import Area


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for `database` gets the test database and not the real one."""
    for item in items:
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "owner"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Closes the application's connection at the end, without which the owner cannot drop the database."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def database(db: None) -> Iterator[None]:
    """The test database, as the application's role sees it; what the test writes is rolled back.

    Django's own TestCase opens no transaction on a mirrored connection, so this does.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
