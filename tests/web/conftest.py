"""The walkers' city, for every test of a page: built once a worker, and as it was again after each test."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from databases import Databases
from web.walk.moments import NOW
from web.walk.people import City, build_city
from zhicheng.ground import clock


@pytest.fixture
def browsing(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """Two counties of one city and one of another. Time stands still; what the test writes is rolled back."""
    with django_db_blocker.unblock(), databases.rolled_back(build_city) as city, clock.fixed_at(NOW):
        yield city
