"""A bureau, its people, the three administrators, and a browser for each of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.search import query_bigrams
from zhicheng.ground.access.api import Jurisdiction, User, grant_role, open_account
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization

BUREAU = "滕州市住房和城乡建设局"
PASSWORD = "a long enough password"
HOUSE = Actor("system:setup", "set-up")
SINCE = date(2026, 1, 1)
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@pytest.fixture
def county(database: None) -> Area:
    """滕州市 and the areas above it."""
    path, parent = "/", None
    named = [("370000000000", "山东省"), ("370400000000", "枣庄市"), ("370481000000", "滕州市")]
    for level, (code, name) in enumerate(named, start=1):
        path = f"{path}{910_000 + level}/"
        parent = Area.objects.create(
            id=910_000 + level, code=code, level=level, name=name, sort_key=name, kind="county", parent=parent,
            path=path, valid_from=date(2014, 1, 1),
        )  # fmt: skip
    assert parent is not None
    return parent


@pytest.fixture
def bureau(county: Area) -> Organization:
    """A housing bureau that is competent for its county."""
    bureau = Organization.objects.create(
        name=BUREAU, sort_key="teng", kind="public_body", area=county, terms=sorted(query_bigrams(BUREAU))
    )
    Jurisdiction.objects.create(organization=bureau, area=county, domain=Domain.HOUSING, valid_from=SINCE)
    return bureau


Hire = Callable[..., User]


@pytest.fixture
def hire(bureau: Organization, now: datetime) -> Hire:
    """Opens an account of the bureau and grants roles to it."""

    def hire(username: str, *roles: Role) -> User:
        user = open_account(
            username=username, name=f"{username.title()} 同志", password=PASSWORD, organization=bureau, by=HOUSE,
            now=now,
        )  # fmt: skip
        for role in roles:
            grant_role(user=user, role=role, organization=bureau, valid_from=SINCE, by=HOUSE, now=now)
        return user

    return hire


class Browser:
    """Somebody's browser: asks in English, keeps the answer's text, and checks every page it is given."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(headers={"accept-language": "en"})
        if user:
            self.client.force_login(user)

    def get(self, address: str, **query: str) -> HttpResponse:
        return self._looked_at(self.client.get(address, query))

    def post(self, address: str, **data: Any) -> HttpResponse:
        return self._looked_at(self.client.post(address, data))

    def _looked_at(self, response: Any) -> HttpResponse:
        """No page has inline scripts or styles, and every form that changes something carries its token."""
        if response.get("Content-Type", "").startswith("text/html"):
            response.text = response.content.decode()
            assert "<script>" not in response.text
            assert " onclick=" not in response.text
            assert " style=" not in response.text
            forms = response.text.split('method="post"')[1:]
            assert all("csrfmiddlewaretoken" in form.partition("</form>")[0] for form in forms)
        return response


Enter = Callable[[User | None], Browser]


@pytest.fixture
def enter(database: None, now: datetime) -> Iterator[Enter]:
    """A browser in which somebody is signed in, or nobody."""
    return Browser


@pytest.fixture
def security(hire: Hire) -> User:
    return hire("security", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def auditor(hire: Hire) -> User:
    return hire("auditor", Role.AUDIT_ADMINISTRATOR)


@pytest.fixture
def system(hire: Hire) -> User:
    return hire("system", Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def officer(hire: Hire) -> User:
    return hire("officer", Role.OFFICER)


def acts(user: User) -> list[str]:
    """What the user's chain says."""
    from zhicheng.ground.ledger.api import list_entries

    return [entry.act for entry in list_entries(("user", user.pk))]
