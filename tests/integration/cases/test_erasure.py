"""What a case says of people is deleted when its time has come or somebody asks; what happened stays."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from typer.testing import CliRunner

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, Complaint, loop_of, open_case, reporter_of
from zhicheng.cases.erasure.commands import app
from zhicheng.cases.erasure.queries import list_due, list_same_number
from zhicheng.cases.erasure.services import erase_case, erase_due_cases, may_erase
from zhicheng.cases.tasks import erase_due
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.files.api import IMAGES, Attachment, accept_upload
from zhicheng.ground.ledger.api import Entry, list_entries, verify_one_chain
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.proceedings.api import StepRefused, advance
from zhicheng.ground.search.api import find

RETAINED = timedelta(days=1095)
PERSONAL = ("王五", "13800001234", "501室", "保姆", "渗漏处", "照片", "不属实", "很失望", "某施工队")
"""Fragments of everything that somebody wrote."""


@pytest.fixture
def told(complaint: Complaint, photo: bytes, files_root: Path, now: datetime) -> Case:
    """A complaint with a room, a company named by the reporter, and a photograph."""
    upload = SimpleUploadedFile("照片.jpg", photo)
    taken = accept_upload(upload=upload, purpose="complaint", allowed=IMAGES)
    full = replace(
        complaint, title="渗漏 · 王五家", description="保姆间渗漏处发霉。", place="2单元501室",
        respondent="某施工队", photos=(taken,),
    )  # fmt: skip
    return open_case(complaint=full, now=now).case


@pytest.fixture
def closed(told: Case, city: City, now: datetime) -> Case:
    """The same, rejected and called back."""
    close(told, city, now)
    return told


def close(case: Case, city: City, now: datetime) -> None:
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="other", reason="不属实")
    given = {"outcome": "satisfied", "remark": "很失望"}
    advance(proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now, data=given)


def stored() -> str:
    """Every row of every table that a person's words could lie in."""
    tables = (
        "cases_case", "personal_contact", "personal_personaltext", "files_attachment", "search_searchentry",
        "notices_notice", "proceedings_step", "proceedings_invitation", "documents_document",
        "documents_content", "documents_rendering",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT to_jsonb(t)::text FROM {table} t" for table in tables))
        rows = [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT convert_from(body, 'UTF8') FROM ledger_entry")
        return "\n".join([*rows, *(row for (row,) in cursor.fetchall())])


def leader(city: City) -> Actor:
    return city.staff(3, Role.LEADER)


def erased(case: Case, by: Actor, now: datetime) -> Case:
    assert erase_case(case=case, by=by, reason="本人要求", now=now)
    return Case.objects.get(pk=case.pk)


def test_everything_that_people_wrote_is_gone_and_what_happened_stays(
    closed: Case, city: City, now: datetime
) -> None:
    assert [word for word in PERSONAL[4:] if word not in stored()] == []
    gone = erased(closed, leader(city), now)
    assert [word for word in PERSONAL if word in stored()] == []
    assert (gone.title, gone.erased_at) == ("渗漏 · " + city.town.name, now)
    assert (gone.category, gone.area, gone.received_at) == (closed.category, city.town, now)
    assert loop_of(gone).state == "closed"
    assert find("13800001234", leader(city)) == find("保姆", leader(city)) == []
    assert [found.title for found in find(gone.number, leader(city))] == [gone.title]


def test_the_ledger_names_what_was_deleted_and_still_verifies(closed: Case, city: City, now: datetime) -> None:
    gone = erased(closed, leader(city), now)
    entry = list_entries(("case", gone.id)).last()
    assert entry is not None
    assert (entry.act, entry.actor) == ("case.erase", "user:3")
    body = json.loads(bytes(entry.body))["body"]
    assert (len(body["texts"]), body["files"]) == (2, [Attachment.objects.get().hash])
    assert verify_one_chain(("case", gone.id)).finding is None
    assert [one.act for one in list_entries(("contact", gone.reporter_id or 0))] == ["erase"]


def test_erasing_again_changes_nothing(closed: Case, city: City, now: datetime) -> None:
    erased(closed, leader(city), now)
    before = Entry.objects.count()
    assert not erase_case(case=closed, by=leader(city), reason="本人要求", now=now)
    assert Entry.objects.count() == before


def test_a_file_leaves_the_disk(
    closed: Case,
    city: City,
    now: datetime,
    files_root: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    assert [path for path in files_root.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        erased(closed, leader(city), now)
    assert [path for path in files_root.rglob("*") if path.is_file()] == []


def test_what_is_open_is_not_touched(told: Case, city: City, now: datetime) -> None:
    assert not may_erase(told, leader(city), now)
    with pytest.raises(Refused, match="still open"):
        erase_case(case=told, by=leader(city), reason="本人要求", now=now)
    assert erase_due_cases(now=now + 9 * RETAINED).cases == 0
    assert "保姆" in stored()


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.CALLER])
def test_only_a_leader_of_the_body_erases(closed: Case, city: City, now: datetime, role: Role) -> None:
    for nobody in (city.staff(5, role), city.staff(6, Role.LEADER, city.superior)):
        assert not may_erase(closed, nobody, now)
        with pytest.raises(Refused, match="Only a leader"):
            erase_case(case=closed, by=nobody, reason="本人要求", now=now)
    assert may_erase(closed, leader(city), now)


def test_without_a_reason_nothing_is_erased(closed: Case, city: City, now: datetime) -> None:
    with pytest.raises(Refused, match="reason"):
        erase_case(case=closed, by=leader(city), reason=" ", now=now)


def test_an_erased_case_is_not_reopened(closed: Case, city: City, now: datetime) -> None:
    erased(closed, leader(city), now)
    with pytest.raises(StepRefused, match="has been deleted"):
        advance(
            proceeding=loop_of(closed).id,
            verb="reopen",
            by=reporter_of(closed),
            now=now,
            data={"reason": "又漏了"},
        )


def test_its_time_has_come_the_day_after_the_last_day(closed: Case, now: datetime) -> None:
    last = (now + RETAINED).date()
    assert not list_due(last).exists()
    assert list(list_due(last + timedelta(days=1))) == [closed]


def test_a_city_keeps_it_for_a_shorter_time(closed: Case, city: City, now: datetime) -> None:
    LimitRow.objects.create(
        key="case.retention", area=city.town.parent, amount=30, unit="calendar_days", roll="none", citation="本市",
        valid_from=now.date(),
    )  # fmt: skip
    forget_loaded()
    assert list(list_due(now.date() + timedelta(days=31))) == [closed]
    LimitRow.objects.filter(amount=30).update(unit="working_days")
    forget_loaded()
    with pytest.raises(Refused, match="expected calendar_days"):
        list_due(now.date())


def test_the_nightly_task_erases_what_is_due_once(
    closed: Case, complaint: Complaint, city: City, now: datetime
) -> None:
    other = open_case(complaint=replace(complaint, description="厨房的墙砖脱落了。"), now=now).case
    with clock.fixed_at(now + RETAINED + timedelta(days=1)):
        erase_due(0)
        before = Entry.objects.count()
        erase_due(0)
    assert Entry.objects.count() == before
    entry = list_entries(("case", closed.id)).last()
    assert entry is not None
    assert entry.actor == "system:retention"
    assert Case.objects.get(erased_at__isnull=True) == other


def test_one_that_fails_does_not_stop_the_others(
    closed: Case, complaint: Complaint, city: City, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhicheng.cases.erasure import services

    second = open_case(complaint=replace(complaint, description="厨房的墙砖脱落了。"), now=now).case
    close(second, city, now)
    whole = services.index_case

    def breaking(case: Case) -> None:
        if case.pk == closed.pk:
            raise OSError("disk")
        whole(case)

    monkeypatch.setattr(services, "index_case", breaking)
    done = erase_due_cases(now=now + 2 * RETAINED)
    assert (done.cases, done.failed) == (1, (closed.number,))
    assert list(list_due((now + 2 * RETAINED).date())) == [closed]


def test_other_cases_of_the_same_number_are_named_to_who_sees_them(
    closed: Case, complaint: Complaint, city: City, now: datetime
) -> None:
    other = open_case(complaint=replace(complaint, description="厨房的墙砖脱落了。"), now=now).case
    assert list(list_same_number(closed, leader(city))) == [other]
    assert not list_same_number(closed, Actor("user:77", "nobody")).exists()


def test_the_database_keeps_no_words_in_an_erased_case(closed: Case, now: datetime) -> None:
    with pytest.raises(IntegrityError, match="case_erased_is_empty"), transaction.atomic():
        Case.objects.filter(pk=closed.pk).update(erased_at=now)


def test_a_room_alone_is_sealed_and_tells_nobody(complaint: Complaint, now: datetime) -> None:
    nameless = replace(complaint, reporter_name="", reporter_phone="", place="2单元501室")
    case = open_case(complaint=nameless, now=now).case
    assert case.reporter is not None
    assert (case.reporter.is_named, case.reporter.address) == (False, "2单元501室")
    assert "501室" not in stored()


def run(*arguments: str, now: datetime) -> tuple[int, str]:
    with clock.fixed_at(now):
        result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output or str(result.exception)


def test_the_commands_say_what_is_due_and_erase_it(closed: Case, now: datetime, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    late = now + 2 * RETAINED
    assert run("due", now=now)[1] == "0 cases are due for deletion.\n"
    assert run("due", now=late)[1] == f"  {closed.number}\n1 case is due for deletion.\n"
    assert run("erase", "--due", now=late)[1] == f"  {closed.number}\n1 case was erased.\n"
    assert run("erase", "--due", now=late)[1] == "0 cases were erased.\n"
    assert run("erase", closed.number, "--reason", "again", now=late)[1] == f"{closed.number} was erased before.\n"


def test_the_command_erases_one_for_a_reason(closed: Case, now: datetime, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    assert run("erase", now=now)[0] == run("erase", closed.number, "--due", now=now)[0] == 2
    assert "Give the reason" in run("erase", closed.number, now=now)[1]
    assert "No case has the number" in run("erase", "TS-1", "--reason", "x", now=now)[1]
    assert "No open account" in run("erase", closed.number, "--reason", "x", "--by", "ghost", now=now)[1]
    assert run("erase", closed.number, "--reason", "asked", now=now)[1] == f"{closed.number} is erased.\n"
