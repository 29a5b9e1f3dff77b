"""A city's complaints office that imports, its officer and its clerk, and a way to make files."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from integration.cases.importing.earlier_files import HEAD
from zhicheng.core.access import Actor, Domain, Role
from zhicheng.ground.access.api import Jurisdiction, User, actor_for
from zhicheng.ground.access.models import Grant
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Kind, Organization


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Uploads go to a directory of the test's own."""
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def city(county: Area) -> Area:
    assert county.parent is not None
    return county.parent


@pytest.fixture
def office(county: Area) -> Organization:
    """An office of the county: what it imports lies in the city all the same."""
    return _body("任城区信访局", county, key="office")


@pytest.fixture
def other_office(county: Area) -> Organization:
    return _body("任城区住建局", county)


@pytest.fixture
def officer(office: Organization) -> Actor:
    return actor_for(_user("li", "李", office, Role.OFFICER), date(2026, 11, 23))


@pytest.fixture
def clerk(office: Organization) -> Actor:
    return actor_for(_user("wang", "王", office, Role.CLERK), date(2026, 11, 23))


@pytest.fixture
def stranger(other_office: Organization, county: Area) -> Actor:
    """An officer of another body of the same county, competent for another domain."""
    Jurisdiction.objects.create(organization=other_office, area=county, domain=Domain.HOUSING)
    return actor_for(_user("zhao", "赵", other_office, Role.OFFICER), date(2026, 11, 23))


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV file with the usual head."""

    def write(*rows: Sequence[str], head: Sequence[str] = HEAD, encoding: str = "utf-8") -> Path:
        path = tmp_path / "earlier.csv"
        with path.open("w", encoding=encoding, newline="") as target:
            csv.writer(target).writerows([head, *rows])
        return path

    return write


def _body(name: str, area: Area, key: str | None = None) -> Organization:
    return Organization.objects.create(name=name, key=key, kind=Kind.PUBLIC_BODY, area=area, sort_key=name)


def _user(username: str, name: str, organization: Organization, role: Role) -> User:
    user = User.objects.create_user(username, "a-long-password", name=name, organization=organization)
    Grant.objects.create(user=user, role=role, organization=organization)
    return user
