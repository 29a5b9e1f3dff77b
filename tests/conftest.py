"""What every test may use: a database that forgets, a fixed moment, and quick settings."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from databases import ROLES, Databases, Fill, held_alone, nothing
from zhicheng.ground import clock
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import NATIONAL, load_pack

# A busy machine is no defect of what is tested, and a red run tells of a change and not of chance: one revision
# always tries the same examples. `make test PYTEST_ARGS=--hypothesis-profile=searching` looks for others.
PATIENT = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("house", PATIENT, derandomize=True)
hypothesis.settings.register_profile("searching", PATIENT, max_examples=500)
hypothesis.settings.load_profile("house")

DATABASE_FIXTURES = {"database", "committed"}
"""Whoever asks for one of these is asked to CI's second server too."""
FOREIGN_FIXTURES = {"db", "transactional_db", "live_server"}
"""Those of pytest-django would use whichever database the worker was led to last."""
LONGEST_FIRST = ("slow", "browser", "lengthy")
"""Marks of tests in the order in which they are begun; all others follow."""


def pytest_configure() -> None:
    """Settings that make tests quick, or independent of files that are built."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the data layer are marked, for CI asks Debian's server the same.

    The longest come first: begun last, one would keep a worker busy while the others have nothing to do.
    """
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or asked & FOREIGN_FIXTURES:
            raise pytest.UsageError(
                f"{item.nodeid}: ask for `database` or `committed`, which know where they lead"
            )
        if asked & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.data_layer)
    items.sort(key=_begun)


def _begun(item: pytest.Item) -> int:
    return next(
        (place for place, mark in enumerate(LONGEST_FIRST) if item.get_closest_marker(mark)), len(LONGEST_FIRST)
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Migrates the embedded server's own database once; every worker's test database is a copy of it."""
    if settings.EMBEDDED is None:
        return
    home = settings.HOME.path
    with open(home / "template.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "template").exists():
            with django_db_blocker.unblock():
                call_command("migrate", database="owner", interactive=False, verbosity=0)
                connections.close_all()  # a database that somebody uses cannot be copied
            (home / "template").touch()
    owner = settings.DATABASES["owner"]
    owner["TEST"] |= {"TEMPLATE": owner["NAME"], "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The worker's database, whatever its tests ask of it; no other run on the same server has it meanwhile."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            held.enter_context(held_alone())
            made = setup_databases(verbosity=0, interactive=False, aliases=ROLES)
        yield
        with django_db_blocker.unblock(), suppress(OperationalError):  # a connection of somebody: next time
            connections.close_all()
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def databases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Databases]:
    """The worker's databases; only fixtures use them."""
    with django_db_blocker.unblock():
        made = Databases()
    yield made
    with django_db_blocker.unblock():
        made.close()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No test is given what the process kept of another: its answers, the language of its last page."""
    forget_kept()
    translation.deactivate()


@pytest.fixture
def begun_with(request: pytest.FixtureRequest) -> Fill[None]:
    """What the test's database holds when the test begins: nothing, or what a fixture of it says."""
    return _load_packs if "packs" in request.fixturenames else nothing


@pytest.fixture
def database(databases: Databases, begun_with: Fill[None], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test database, as the application's role sees it; what the test writes is rolled back."""
    with django_db_blocker.unblock(), databases.rolled_back(begun_with):
        yield


@pytest.fixture
def committed(databases: Databases, begun_with: Fill[None], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test database; what is written is seen by every connection at once, and removed afterwards."""
    with django_db_blocker.unblock(), databases.committed(begun_with):
        yield


@pytest.fixture
def packs(database: None) -> None:
    """The database holds the national pack and that of 枣庄 from the beginning."""


def _load_packs() -> None:
    for name in (NATIONAL, "zaozhuang"):
        load_pack(name)


@pytest.fixture
def now() -> Iterator[datetime]:
    """A Monday morning, at which time stands still."""
    moment = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.fixed_at(moment):
        yield moment
