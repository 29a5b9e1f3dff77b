"""The audit administrator's pages: acts and hashes, and nothing else."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection

from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry, Root, entry_body, list_entries
from zhicheng.ground.ledger.seals import export_heads

from .conftest import Enter, Hire

LEDGER, ROOTS = "/desk/ledger/", "/desk/ledger/roots/"


@pytest.fixture
def chain(officer: User) -> str:
    """The page of the officer's chain: the account opened, a role granted."""
    return f"/desk/ledger/user/{officer.pk}/"


def test_only_audit_administrators_come_here(
    enter: Enter, auditor: User, security: User, system: User, officer: User, chain: str
) -> None:
    for address in (LEDGER, ROOTS, chain, f"{chain}1/"):
        assert enter(auditor).get(address).status_code == 200
        for other in (security, system, officer):
            assert enter(other).get(address).status_code == 403
        assert enter(None).get(address).status_code == 302
    assert enter(auditor).get("/desk/accounts/").status_code == 403
    assert enter(auditor).get("/desk/cases/").status_code == 403


def test_the_list_shows_acts_and_hashes_and_no_names(enter: Enter, auditor: User, officer: User) -> None:
    page = enter(auditor).get(LEDGER).text
    entry = list_entries(("user", officer.pk)).first()
    assert entry is not None
    assert "Account opened" in page
    assert bytes(entry.hash).hex()[:12] in page
    assert bytes(entry.hash).hex()[:13] not in page
    table = page[page.index("<table") : page.index("</table>")]
    assert officer.name not in table


def test_entries_are_found_by_act_actor_kind_and_day(
    enter: Enter, auditor: User, officer: User, hire: Hire
) -> None:
    browser = enter(auditor)
    enter(officer).post("/desk/me/", grant=str(officer.grants.get().pk), to_user=str(hire("colleague").pk),
                        valid_from="2026-11-23", valid_to="2026-11-24", reason="Leave")  # fmt: skip
    mine = browser.get(LEDGER, by="officer").text
    assert "Grant delegated" in mine
    assert "Account opened</a>" not in mine
    assert "Grant delegated</a>" not in browser.get(LEDGER, act="grant_role").text
    assert "Grant delegated</a>" in browser.get(LEDGER, kind="user", at_from="2026-11-23", at_to="2026-11-23").text
    assert "Nothing fits" in browser.get(LEDGER, at_to="2026-11-22").text
    assert "Nothing fits" in browser.get(LEDGER, by="nobody").text
    assert browser.get(LEDGER, sort="body").status_code == 400


def test_an_export_is_an_entry_itself(enter: Enter, auditor: User, officer: User) -> None:
    answer = enter(auditor).post(f"{LEDGER}?act=grant_role", do="export-csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "Time,Act,By,Subject,No.,Hash"
    assert "Role granted" in text
    assert Entry.objects.filter(act="export", actor=f"user:{auditor.pk}").count() == 1


def test_one_entry_shows_its_whole_hash_and_the_one_before(
    enter: Enter, auditor: User, officer: User, chain: str
) -> None:
    first, second = list_entries(("user", officer.pk))
    browser = enter(auditor)
    page = browser.get(f"{chain}2/").text.replace("<wbr>", "")
    assert bytes(second.hash).hex() in page
    assert bytes(first.hash).hex() in page
    assert "0" * 64 in browser.get(f"{chain}1/").text.replace("<wbr>", "")
    assert browser.get(f"{chain}3/").status_code == 404
    assert browser.get("/desk/ledger/user/0/").status_code == 404
    assert browser.get(chain, after="x").status_code == 404


def test_a_sound_chain_is_verified(enter: Enter, auditor: User, chain: str) -> None:
    answer = enter(auditor).post(chain)
    assert "This chain is as it was written" in answer.text
    assert "2 entries were computed anew" in answer.text


def test_an_export_outside_the_database_vouches_for_a_chain(
    enter: Enter, auditor: User, chain: str, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = tmp_path / "heads-2026-11-22.jsonl"
    export_heads(export, now)
    monkeypatch.setattr("zhicheng.desk.audit.views.list_exports", lambda: [export])
    assert "The latest export outside the database agrees." in enter(auditor).post(chain).text
    longer = export.read_text().replace(",2,", ",3,")
    export.write_text(longer)
    assert "This chain was cut off" not in enter(auditor).get(chain).text
    assert "was cut off from entry 3 on" in enter(auditor).post(chain).text


def test_a_chain_that_does_not_say_what_was_done_is_named(
    enter: Enter, auditor: User, officer: User, chain: str, now: datetime
) -> None:
    subject = ("user", officer.pk)
    body = entry_body(subject=subject, act="grant_role", by=Actor("user:1", "one"), now=now, body={})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)"
            " VALUES ('user', %s, 'grant_role', 'user:2', %s, %s)",
            [officer.pk, now, body],
        )
    page = enter(auditor).post(chain).text
    assert "This chain is not as it was written" in page
    assert f"Entry 3 of user:{officer.pk}: the column “actor” is not what was recorded." in page


def test_roots_are_listed_by_day(enter: Enter, auditor: User, now: datetime) -> None:
    browser = enter(auditor)
    assert "No day is sealed yet" in browser.get(ROOTS).text
    for day in (20, 21):
        Root.objects.create(day=date(2026, 11, day), chains=day, root=bytes([day] * 32), sealed_at=now)
    page = browser.get(ROOTS).text.replace("<wbr>", "")
    assert page.index("15" * 32) < page.index("14" * 32)
    earlier = browser.get(ROOTS, before="2026-11-21").text.replace("<wbr>", "")
    assert "14" * 32 in earlier
    assert "15" * 32 not in earlier
    assert browser.get(ROOTS, before="yesterday").status_code == 404
