"""The walkers' city, for every test of a page: built once a module, and as it was again after each test."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from web.walk.moments import NOW
from web.walk.people import City, build_city
from zhicheng.ground import clock
from zhicheng.ground.kept import forget_kept


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """Two counties of one city and one of another, in a transaction that is rolled back; time stands still."""
    forget_kept()
    with django_db_blocker.unblock(), transaction.atomic(), clock.fixed_at(NOW):
        yield build_city()
        transaction.set_rollback(True)


@pytest.fixture
def browsing(city: City) -> Iterator[City]:
    """The city for one test; what the test writes is rolled back."""
    with transaction.atomic():
        yield city
        transaction.set_rollback(True)
