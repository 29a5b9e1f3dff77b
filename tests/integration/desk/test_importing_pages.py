"""Entering companies and buildings from a table in the browser: columns, preview, what is entered and refused."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook

from zhicheng.core.access import Domain, Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import Jurisdiction, User, actor_for
from zhicheng.ground.access.models import Grant
from zhicheng.ground.areas.api import Area
from zhicheng.ground.importing.models import ImportMapping, ImportRun
from zhicheng.ground.importing.queries import proposed_plan
from zhicheng.ground.importing.registry import importer_of
from zhicheng.ground.importing.services import carry_out, confirm_import, receive_file
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.objects.api import Responsibility, Site
from zhicheng.ground.parties.api import Kind, Organization

PAGE = "/desk/records/import/"
HEAD = "小区名称,楼号,建设单位,施工单位,电话"
GOOD = "锦绣花园,1号楼,锦绣置业,鲁南建工,x"
BAD = "锦绣花园," + "楼" * 121 + ",锦绣置业,鲁南建工,x"
CHOSEN = {"estate": "0", "building": "1", "developer": "2", "contractor": "3"}
Sign = Callable[..., Client]


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Uploads go to a directory of the test's own, and pages name their assets without a build of them."""
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path / "files")
    monkeypatch.setattr(
        settings, "DJANGO_VITE", {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}
    )
    return tmp_path / "files"


@pytest.fixture
def bureau(county: Area) -> Organization:
    """The housing bureau of the county."""
    made = Organization.objects.create(name="任城区住建局", kind=Kind.PUBLIC_BODY, area=county, sort_key="r")
    Jurisdiction.objects.create(organization=made, area=county, domain=Domain.HOUSING)
    return made


@pytest.fixture
def sign(bureau: Organization) -> Sign:
    """A browser in which somebody of the bureau has signed in."""

    def made(username: str, role: Role = Role.CLERK) -> Client:
        user = User.objects.create_user(username, "a-long-password", name=username, organization=bureau)
        Grant.objects.create(user=user, role=role, organization=bureau)
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made


def sent(client: Client, *lines: str) -> str:
    file = io.BytesIO("\n".join((HEAD, *lines)).encode())
    file.name = "buildings.csv"
    response = client.post(PAGE, {"file": file})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def shown(client: Client, address: str, **data: Any) -> str:
    response = client.post(address, data) if data else client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_clerk_enters_buildings_from_a_table(sign: Sign, county: Area, bureau: Organization) -> None:
    client = sign("li")
    page = sent(client, GOOD, BAD)
    seen = shown(client, page)
    assert "A · 小区名称 (锦绣花园)" in seen
    assert "Would be imported" in seen
    assert "121" in seen
    assert not Site.objects.exists()

    chosen = {**CHOSEN, "within": str(county.pk)}
    assert client.post(page, {**chosen, "do": "import"})["Location"] == page
    run = ImportRun.objects.get()
    assert (run.importer, run.name) == ("records", county.name)
    carry_out(key=run.key, now=clock.now())

    run.refresh_from_db()
    assert (run.imported, run.known, run.refused) == (1, 0, 1)
    assert list(Site.objects.order_by("id").values_list("name", flat=True)) == ["锦绣花园", "1号楼"]
    assert set(Responsibility.objects.values_list("role", flat=True)) == {"developer", "contractor"}
    (entry,) = list_entries(("import", run.id))
    assert read_body(entry)["importer"] == "records"

    result = shown(client, page)
    assert "121" in result
    assert page in shown(client, PAGE)
    file = b"".join(client.get(f"{page}refused.xlsx").streaming_content)  # type: ignore[attr-defined]
    lines = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert lines[1][:2] == ["锦绣花园", "楼" * 121]
    assert len(lines) == 2


def test_the_columns_are_kept_for_the_next_file_of_that_head(sign: Sign, county: Area) -> None:
    client = sign("li")
    chosen = {**CHOSEN, "within": str(county.pk), "contractor": "", "designer": "3", "do": "import"}
    client.post(sent(client, GOOD), chosen)
    assert ImportMapping.objects.get().columns == {"estate": 0, "building": 1, "developer": 2, "designer": 3}
    seen = shown(client, sent(client, GOOD))
    assert "same head" in seen
    designer = seen.split('name="designer"')[1].split("</select>")[0]
    assert 'value="3" selected' in designer


def test_a_file_imported_again_enters_nothing(sign: Sign, county: Area, bureau: Organization) -> None:
    client = sign("li")
    for known in (0, 1):
        page = sent(client, GOOD)
        client.post(page, {**CHOSEN, "within": str(county.pk), "do": "import"})
        run = carry_out(key=ImportRun.objects.latest("id").key, now=clock.now())
        assert (run.imported, run.known) == (1 - known, known)
    assert Site.objects.count() == 2


@pytest.mark.parametrize("change", [{"within": "999999"}, {"within": ""}, {"estate": "", "building": ""}])
def test_a_choice_that_reads_nothing_comes_back(sign: Sign, county: Area, change: dict[str, str]) -> None:
    client = sign("li")
    answer = client.post(sent(client, GOOD), {**CHOSEN, "within": str(county.pk), **change, "do": "import"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert ImportRun.objects.get().confirmed_at is None


def test_what_somebody_may_no_longer_enter_is_refused_when_its_turn_comes(
    sign: Sign, county: Area, bureau: Organization, now: datetime
) -> None:
    sign("li")
    user = User.objects.get(username="li")
    taking, by = importer_of("records"), actor_for(user, date(2026, 11, 23))
    file = io.BytesIO("\n".join((HEAD, GOOD)).encode())
    run, table = receive_file(importer=taking, source=file, name="x.csv", organization=bureau, by=by, now=now)
    plan = proposed_plan(taking, bureau, table)
    confirm_import(run=run, plan=type(plan)(bureau, plan.columns, plan.options, county.name), now=now)
    Grant.objects.filter(user=user).update(valid_to=date(2026, 11, 1))
    done = carry_out(key=run.key, now=now)
    assert (done.imported, done.refused) == (0, 1)
    assert not Site.objects.exists()


def test_nobody_else_comes_near(sign: Sign, county: Area) -> None:
    page = sent(sign("li"), GOOD)
    assert sign("wang").get(page).status_code == 404
    assert sign("sun", Role.LEADER).get(PAGE).status_code == 403
    assert f'href="{PAGE}"' in shown(sign("zhao", Role.OFFICER), "/desk/sites/")
    assert f'href="{PAGE}"' not in shown(sign("qian", Role.LEADER), "/desk/sites/")
    # An import of companies is none of historical cases.
    assert sign("wu").get(page.replace("/desk/records/import/", "/desk/cases/import/")).status_code == 404
