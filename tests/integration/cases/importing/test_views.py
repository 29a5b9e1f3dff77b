"""Importing in the browser, without script: upload, confirm the columns, see what became of it."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from integration.cases.importing.earlier_files import row
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground.access.api import User
from zhicheng.ground.access.models import Grant
from zhicheng.ground.importing import tasks
from zhicheng.ground.importing.models import ImportRun

CHOSEN = {"system": "wenzheng", "number": "0", "title": "2", "received_at": "3", "replied_at": "6"}
ASSETS = pytest.mark.usefixtures("without_assets")
pytestmark = ASSETS


@pytest.fixture
def without_assets(settings):
    """Pages name their assets without a build of them."""
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}


@pytest.fixture
def browse():
    """A browser in which somebody has signed in."""

    def browse(actor) -> Client:
        client = Client()
        client.force_login(
            User.objects.get(pk=actor.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return browse


@pytest.fixture
def upload(csv_file):
    """Uploads a file; returns the address of its import."""

    def upload(client, *rows):
        with csv_file(*rows).open("rb") as file:
            response = client.post(reverse("cases:import"), {"file": file})
        assert response.status_code == 302, response.content.decode()
        return response["Location"]

    return upload


def test_a_person_imports_a_file(browse, officer, upload, now):
    client = browse(officer)
    page = upload(client, row("1"), row("2", 答复时间="2018/4/24"))

    columns = client.get(page).content.decode()
    assert "D · 留言时间 (2019/4/25 9:32:09)" in columns
    assert "B · 留言用户</option>" in columns
    assert "2018/4/24" in columns
    assert not Case.objects.exists()

    confirmed = client.post(page, {**CHOSEN, "do": "import"})
    assert (confirmed.status_code, confirmed["Location"]) == (302, page)
    run = ImportRun.objects.get()
    assert f'hx-get="{page}"' in client.get(page).content.decode()
    job = ProcrastinateJob.objects.get(task_name="importing.carry_out")
    assert job.args == {"key": str(run.key)}

    tasks.carry_out_import(**job.args)

    result = client.get(page).content.decode()
    assert "hx-get" not in result.partition('id="import"')[2].partition("</main>")[0]
    assert "2018/4/24" in result
    assert reverse("cases:recorded") in result
    errors = client.get(reverse("cases:import_errors", args=[run.key]))
    assert b"".join(errors.streaming_content).startswith(b"PK")
    assert "earlier" in errors["Content-Disposition"]

    listed = client.get(reverse("cases:recorded")).content.decode()
    assert "楼顶漏水" in listed
    assert reverse("cases:import") in listed
    assert page in client.get(reverse("cases:import")).content.decode()


def test_another_choice_of_columns_is_shown_before_anything_is_imported(browse, officer, upload):
    client = browse(officer)
    page = upload(client, row("1"))

    shown = client.post(page, {**CHOSEN, "title": "4", "do": "preview"})

    assert shown.status_code == 200
    assert "<td>下雨就漏</td>" in shown.content.decode()
    assert ImportRun.objects.get().confirmed_at is None


@pytest.mark.parametrize("change", [{"system": ""}, {"title": "0"}, {"number": ""}, {"title": "99"}])
def test_a_choice_that_reads_nothing_comes_back(browse, officer, upload, change):
    client = browse(officer)
    page = upload(client, row("1"))

    answer = client.post(page, {**CHOSEN, **change, "do": "import"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="importing.carry_out").exists()


def test_confirming_twice_queues_once(browse, officer, upload):
    client = browse(officer)
    page = upload(client, row("1"))
    for _ in range(2):
        client.post(page, {**CHOSEN, "do": "import"})

    assert ProcrastinateJob.objects.filter(task_name="importing.carry_out").count() == 1


def test_a_discarded_file_is_gone(browse, officer, upload, files_root):
    client = browse(officer)
    page = upload(client, row("1"))

    assert client.post(page, {"do": "discard"})["Location"] == reverse("cases:import")
    assert client.get(page).status_code == 404
    assert not list((files_root / "imports").iterdir())


def test_a_file_that_vanished_is_asked_for_again(browse, officer, upload, files_root):
    client = browse(officer)
    page = upload(client, row("1"))
    for path in (files_root / "imports").iterdir():
        path.unlink()

    assert client.get(page)["Location"] == reverse("cases:import")


def test_what_is_no_table_is_told_at_the_field(browse, officer, tmp_path):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with path.open("rb") as file:
        answer = browse(officer).post(reverse("cases:import"), {"file": file})

    assert answer.status_code == 422
    assert "photo.csv" in answer.content.decode()


def test_markup_in_a_file_is_text(browse, officer, upload):
    client = browse(officer)
    page = upload(client, row("<script>alert(1)</script>", 留言主题="<img src=x>"))

    shown = client.get(page).content.decode()

    assert "<script>alert(1)" not in shown
    assert "<img src=x>" not in shown
    assert "&lt;img src=x&gt;" in shown


def test_nobody_else_comes_near(browse, officer, clerk, stranger, upload, office, csv_file):
    page = upload(browse(officer), row("1"))
    errors = f"{page}refused.xlsx"

    for other in (clerk, stranger):
        assert browse(other).get(page).status_code == 404
        assert browse(other).post(page, {**CHOSEN, "do": "import"}).status_code == 404
        assert browse(other).get(errors).status_code == 404
    assert browse(officer).get(reverse("cases:import_run", args=[uuid4()])).status_code == 404
    leader = User.objects.create_user("sun", "a-long-password", name="孙", organization=office)
    Grant.objects.create(user=leader, role=Role.LEADER, organization=office)
    client = Client()
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("cases:import")).status_code == 403
    assert reverse("cases:import") not in client.get(reverse("cases:recorded")).content.decode()
    assert Client().get(page).status_code == 302
    assert not Case.objects.exists()
