"""Keeping, revealing and erasing personal data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from zhicheng.core.access import Actor, Subject
from zhicheng.core.emails import parse_email
from zhicheng.core.phones import parse_phone
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.database.serials import Serials
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.models import SEALED_FIELDS, Contact, PersonalText
from zhicheng.ground.personal.sealing import keyed_hash_of, phone_index, seal, unseal

MAX_NAME_LENGTH = 60
MAX_ADDRESS_LENGTH = 200
_ids = Serials("personal_contact_id_seq", block=50, lasts_s=1.0)
_followers: list[Callable[[Contact, datetime], None]] = []


def follow_erasure(follower: Callable[[Contact, datetime], None]) -> None:
    """Has `follower` called when a contact is erased, in that transaction; called from an app's `ready()`."""
    _followers.append(follower)


@dataclass(frozen=True)
class Revealed:
    """A contact in clear, for the eyes of whoever gave the reason. Nothing of it shows in a repr or a log."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    email: str = field(repr=False)


def store_contact(
    *, name: str, phone: str, address: str, now: datetime, email: str = "", progress: bool = False
) -> Contact:
    """Seals and keeps a person's name, number and addresses; each may be empty, but not all of them.

    `progress` says that they agree to be told how their matter goes on. Raises PhoneError if the number is none,
    Refused if something is missing, too long or no e-mail address.
    """
    contact = new_contact(name=name, phone=phone, address=address, now=now, email=email, progress=progress)
    contact.save(force_insert=True)
    return contact


def new_contact(
    *, name: str, phone: str, address: str, now: datetime, email: str = "", progress: bool = False
) -> Contact:
    """The sealed contact that `store_contact` keeps, with its id and not yet written. Raises the same."""
    name, address, email = " ".join(name.split()), " ".join(address.split()), email.strip()
    if not name and not phone.strip() and not address and not email:
        raise Refused(words("Give a name, a telephone number or an address"))
    _check_length(name, MAX_NAME_LENGTH, words("The name has {count} characters; at most {limit} are kept"))
    _check_length(address, MAX_ADDRESS_LENGTH,
                  words("The address has {count} characters; at most {limit} are kept"))  # fmt: skip
    number = parse_phone(phone) if phone.strip() else None
    return Contact(
        id=_ids.next(),
        name_sealed=seal(name),
        phone_sealed=seal(str(number)) if number else "",
        address_sealed=seal(address),
        email_sealed=seal(parse_email(email)) if email else "",
        phone_index=phone_index(number) if number else "",
        created_at=now,
        progress_agreed_at=now if progress and (number or email) else None,
    )


@transaction.atomic
def reveal(*, contact: Contact, by: Actor, reason: str, now: datetime) -> Revealed:
    """Opens a contact for a reason; the ledger keeps who, when and the hash of why.

    Whether the actor may see the record is the caller's question. Raises Refused without a reason or if the
    contact was erased.
    """
    current = Contact.objects.get(pk=contact.pk)
    if current.erased_at is not None:
        raise Refused(words("These personal data were deleted"))
    _record(subject_of(current), "reveal", reason, by, now)
    return Revealed(
        name=unseal(current.name_sealed),
        phone=unseal(current.phone_sealed),
        address=unseal(current.address_sealed),
        email=unseal(current.email_sealed),
    )


@transaction.atomic
def agree_to_progress(*, contact: Contact, agreed: bool, by: Actor, now: datetime) -> bool:
    """Keeps whether a person wants to be told how their matter goes on; whether that changed anything.

    Consent is taken back as easily as it is given (PIPL §15). Raises Refused if the contact was erased.
    """
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    if current.erased_at is not None:
        raise Refused(words("These personal data were deleted"))
    if (current.progress_agreed_at is not None) == agreed:
        return False
    current.progress_agreed_at = now if agreed else None
    current.save(update_fields=["progress_agreed_at"])
    record(subject=subject_of(current), act="agree" if agreed else "withdraw_consent", by=by, now=now, body={})
    return True


@transaction.atomic
def erase(*, contact: Contact, by: Actor, reason: str, now: datetime) -> None:
    """Deletes the values of a contact, and why it was ever revealed; the empty row stays.

    Erasing twice changes nothing. Raises Refused without a reason.
    """
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    if current.erased_at is not None:
        return
    current.name_sealed = current.phone_sealed = current.address_sealed = current.email_sealed = ""
    current.phone_index, current.progress_agreed_at, current.erased_at = "", None, now
    current.save(update_fields=[*SEALED_FIELDS, "phone_index", "progress_agreed_at", "erased_at"])
    for follower in _followers:
        follower(current, now)
    empty_texts(subjects=[subject_of(current)], now=now)
    _record(subject_of(current), "erase", reason, by, now)


def keep_text(*, subject: Subject, key: str, text: str, now: datetime) -> PersonalText:
    """Keeps free text about a record as it was entered; its `hash` is what a step or ledger entry keeps."""
    kind, subject_id = subject
    return PersonalText.objects.create(
        subject_kind=kind, subject_id=subject_id, key=key, text=text, hash=keyed_hash_of(text), created_at=now
    )


def empty_texts(*, subjects: Iterable[Subject], now: datetime) -> list[str]:
    """Deletes every text of some records, in the caller's transaction; returns the hashes of what was deleted.

    The hashes stay in their rows too, so that the ledger still verifies; the caller's own entry names them.
    """
    about = reduce(or_, (Q(subject_kind=kind, subject_id=id_) for kind, id_ in subjects), Q(pk__in=()))
    kept = PersonalText.objects.select_for_update().filter(about, erased_at__isnull=True).order_by("id")
    found = dict(kept.values_list("id", "hash"))
    PersonalText.objects.filter(id__in=found).update(text="", erased_at=now)
    return list(found.values())


def subject_of(contact: Contact) -> Subject:
    """How the ledger names a contact."""
    return ("contact", contact.pk)


def _record(subject: Subject, act: str, reason: str, by: Actor, now: datetime) -> None:
    if not reason.strip():
        raise Refused(words("Give the reason"))
    kept = keep_text(subject=subject, key=f"{act}.reason", text=reason.strip(), now=now)
    record(subject=subject, act=act, by=by, now=now, body={"reason": kept.hash})


def _check_length(text: str, limit: int, message: str) -> None:
    if len(text) > limit:
        raise Refused(message, count=len(text), limit=limit)
