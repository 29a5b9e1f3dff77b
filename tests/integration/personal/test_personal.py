"""Contacts and texts: kept sealed, revealed with a reason, erased without a trace."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pytest_django import Settings

from zhicheng.core.access import Actor
from zhicheng.core.phones import PhoneError
from zhicheng.core.refused import Refused
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.personal.api import (
    Contact,
    Masked,
    PersonalText,
    SealBroken,
    empty_texts,
    erase,
    find_contacts_by_phone,
    get_texts_by_hash,
    keep_text,
    list_texts,
    reveal,
    rotate_keys,
    store_contact,
)
from zhicheng.runtime.secrets import Secrets

pytestmark = pytest.mark.usefixtures("database")

NAME, PHONE, ADDRESS = "张三丰", "13812341234", "任城区太白路88号3号楼501室"
CASE = ("case", 12)


@pytest.fixture
def contact(now: datetime) -> Contact:
    return store_contact(name=NAME, phone=PHONE, address=ADDRESS, now=now)


def everything_stored() -> str:
    """All rows of the tables that a contact or text touches, as text."""
    with connection.cursor() as cursor:
        rows: list[Any] = []
        for table in ("personal_contact", "personal_personaltext", "ledger_entry"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            rows += cursor.fetchall()
        cursor.execute("SELECT convert_from(body, 'UTF8') FROM ledger_entry")
        return str(rows + cursor.fetchall())


def test_nothing_is_stored_in_clear(contact: Contact) -> None:
    stored = everything_stored()
    assert not [value for value in (NAME, PHONE, ADDRESS, PHONE[-4:], "太白路") if value in stored]


def test_nothing_shows_in_a_repr(contact: Contact, officer: Actor, now: datetime) -> None:
    revealed = reveal(contact=contact, by=officer, reason="回访", now=now)
    shown = f"{contact!r} {contact} {revealed!r} {revealed} {find_contacts_by_phone(PHONE)!r}"
    assert not [value for value in (NAME, PHONE, ADDRESS) if value in shown]


def test_a_screen_shows_masks(contact: Contact) -> None:
    assert contact.masked == Masked("张**", "138****1234", "任城区太白路****")


@pytest.mark.parametrize("spelling", ["138-1234-1234", "+86 13812341234", "１３８１２３４１２３４"])
def test_a_caller_is_found_by_any_spelling(contact: Contact, now: datetime, spelling: str) -> None:
    later = store_contact(name="", phone=spelling, address="", now=now + timedelta(hours=1))
    store_contact(name="李四", phone="0537-2341234", address="", now=now)
    assert list(find_contacts_by_phone(spelling)) == [later, contact]


def test_a_contact_without_a_number_is_found_by_none(now: datetime) -> None:
    nameless = store_contact(name="李四", phone="", address="", now=now)
    assert nameless.phone_index == ""
    with pytest.raises(PhoneError):
        find_contacts_by_phone("")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": " ", "phone": ""}, "Give a name, a telephone number or an address"),
        ({"phone": "12"}, "not a telephone number"),
        ({"name": "x" * 61}, "61 characters"),
        ({"address": "x" * 201}, "201 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(now: datetime, values: dict[str, str], message: str) -> None:
    with pytest.raises(Refused, match=message):
        store_contact(**{"name": NAME, "phone": PHONE, "address": "", "now": now, **values})


def test_revealing_is_a_ledger_entry_with_the_hash_of_its_reason(
    contact: Contact, officer: Actor, now: datetime
) -> None:
    revealed = reveal(contact=contact, by=officer, reason=" 回访 ", now=now)
    assert (revealed.name, revealed.phone, revealed.address) == (NAME, PHONE, ADDRESS)
    entry = Entry.objects.get(subject_kind="contact", subject_id=contact.pk)
    assert (entry.act, entry.actor, entry.at) == ("reveal", officer.key, now)
    reason = json.loads(bytes(entry.body))["body"]["reason"]
    assert get_texts_by_hash(("contact", contact.pk)) == {reason: "回访"}


def test_nothing_is_revealed_without_a_reason(contact: Contact, officer: Actor, now: datetime) -> None:
    with pytest.raises(Refused, match="reason"):
        reveal(contact=contact, by=officer, reason="  ", now=now)
    assert not Entry.objects.exists()


def test_erasing_leaves_an_empty_row_that_nobody_finds(contact: Contact, officer: Actor, now: datetime) -> None:
    erase(contact=contact, by=officer, reason="保存期满", now=now)
    erase(contact=contact, by=officer, reason="保存期满", now=now)
    erased = Contact.objects.get(pk=contact.pk)
    assert erased.masked == Masked("", "", "")
    assert erased.erased_at == now
    assert not find_contacts_by_phone(PHONE)
    assert [entry.act for entry in Entry.objects.filter(subject_kind="contact")] == ["erase"]
    with pytest.raises(Refused, match="deleted"):
        reveal(contact=contact, by=officer, reason="回访", now=now)


def test_erasing_needs_a_reason_and_otherwise_erases_nothing(
    contact: Contact, officer: Actor, now: datetime
) -> None:
    with pytest.raises(Refused, match="reason"):
        erase(contact=contact, by=officer, reason="", now=now)
    assert Contact.objects.get(pk=contact.pk).masked.name == "张**"


def test_an_address_alone_is_kept_and_names_nobody(now: datetime) -> None:
    room = store_contact(name="", phone="", address="2单元501室", now=now)
    assert (room.is_named, room.address) == (False, "2单元501室")
    assert "501室" not in everything_stored()


def test_erasing_empties_why_it_was_revealed(contact: Contact, officer: Actor, now: datetime) -> None:
    reveal(contact=contact, by=officer, reason="回访张三丰", now=now)
    erase(contact=contact, by=officer, reason="本人要求", now=now)
    why, reason = list_texts(("contact", contact.pk))
    assert (why.text, why.erased_at, reason.text) == ("", now, "本人要求")


def test_rotation_moves_everything_to_the_newest_key(now: datetime, settings: Settings) -> None:
    old = Secrets.generate()
    settings.SECRETS = old
    contacts = [store_contact(name=f"张三{n}", phone=PHONE, address="", now=now) for n in range(7)]
    settings.SECRETS = new = old.with_new_field_key()
    contacts.append(store_contact(name="李四", phone="", address="", now=now))
    assert rotate_keys(batch=3) == 7
    assert rotate_keys(batch=3) == 0
    settings.SECRETS = replace(new, field_encryption_keys=new.field_encryption_keys[:1])
    for contact in contacts:
        assert Contact.objects.get(pk=contact.pk).masked.name == contact_name(contact)[0] + "**"
    assert len(find_contacts_by_phone(PHONE)) == 7


def contact_name(contact: Contact) -> str:
    return "张三" if contact.phone_sealed else "李四"


def test_a_lost_key_is_an_error_not_an_empty_value(contact: Contact, settings: Settings) -> None:
    settings.SECRETS = Secrets.generate()
    with pytest.raises(SealBroken):
        _ = contact.masked
    with pytest.raises(SealBroken):
        rotate_keys()


def test_texts_are_found_by_the_hash_that_a_step_keeps(now: datetime) -> None:
    first = keep_text(subject=CASE, key="reason", text="三楼漏水", now=now)
    second = keep_text(subject=CASE, key="note", text="夜间上门", now=now)
    keep_text(subject=("case", 13), key="reason", text="别的", now=now)
    assert get_texts_by_hash(CASE) == {first.hash: "三楼漏水", second.hash: "夜间上门"}


def test_emptying_deletes_the_texts_of_the_named_records_and_tells_their_hashes(now: datetime) -> None:
    first = keep_text(subject=CASE, key="reason", text="三楼漏水", now=now)
    second = keep_text(subject=("proceeding", 12), key="note", text="夜间上门", now=now)
    other = keep_text(subject=("case", 13), key="reason", text="别的", now=now)
    assert empty_texts(subjects=[CASE, ("proceeding", 12)], now=now) == [first.hash, second.hash]
    assert empty_texts(subjects=[CASE, ("proceeding", 12)], now=now) == []
    assert empty_texts(subjects=[], now=now) == []
    [gone] = list_texts(CASE)
    assert (gone.text, gone.hash, gone.erased_at) == ("", first.hash, now)
    assert list(list_texts(("case", 13))) == [other]


def test_a_text_that_was_replaced_is_not_genuine(now: datetime) -> None:
    kept = keep_text(subject=CASE, key="reason", text="三楼漏水", now=now)
    assert kept.is_genuine
    PersonalText.objects.filter(pk=kept.pk).update(text="没有漏水")
    kept.refresh_from_db()
    assert not kept.is_genuine
    assert get_texts_by_hash(CASE) == {}


@pytest.mark.parametrize("column", ["hash = 'x'", "subject_id = 1", "key = 'x'", "created_at = now()"])
def test_the_application_may_not_rewrite_a_text(now: datetime, column: str) -> None:
    keep_text(subject=CASE, key="reason", text="三楼漏水", now=now)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PersonalText.objects.raw(f"UPDATE personal_personaltext SET {column} RETURNING *")[0]


@pytest.mark.parametrize("table", ["personal_contact", "personal_personaltext"])
def test_the_application_may_not_remove_rows(table: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_the_database_keeps_nothing_in_an_erased_row(contact: Contact, now: datetime) -> None:
    with pytest.raises(IntegrityError, match="contact_erased_is_empty"), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(erased_at=now)
    kept = keep_text(subject=CASE, key="reason", text="三楼漏水", now=now)
    with pytest.raises(IntegrityError, match="text_erased_is_empty"), transaction.atomic():
        PersonalText.objects.filter(pk=kept.pk).update(erased_at=now)
