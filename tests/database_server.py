"""A home and a PostgreSQL server of the test run's own, there before Django reads its settings, and one thread.

The embedded server is used, unless DATABASE_URL and DATABASE_OWNER_URL name another. Workers of pytest-xdist
inherit both from the process that started them.
"""

import os
from collections.abc import Iterator

import pytest

from zhicheng.config.environment import Environment
from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.temporary import new_temporary_home

DATABASE_VARIABLES = {"DATABASE_URL", "DATABASE_OWNER_URL"}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A worker keeps one core busy. Threads of linear algebra beside it wait for each other, by turning in circles."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Runs before pytest-django, which imports the settings here."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _forget_surroundings()
        os.environ.update(ONE_THREAD)  # before NumPy is imported
        _begin(early_config)
    return (yield)


def _forget_surroundings() -> None:
    """No setting of whoever runs the tests changes their outcome, except the choice of the server."""
    for name in Environment.model_fields:
        if name.upper() not in DATABASE_VARIABLES:
            os.environ.pop(name.upper(), None)
    missing = DATABASE_VARIABLES - {name for name in DATABASE_VARIABLES if os.environ.get(name)}
    if len(missing) == 1:
        raise pytest.UsageError(f"tests on another server need both addresses; {missing.pop()} is not set")


def _begin(config: pytest.Config) -> None:
    home = new_temporary_home()
    config.add_cleanup(lambda: remove_home(home))
    os.environ["ZHICHENG_HOME"] = str(home.path)
    if not os.environ.get("DATABASE_OWNER_URL"):
        server = EmbeddedPostgres(home, for_tests=True)
        config.add_cleanup(server.stop)
        server.start()
