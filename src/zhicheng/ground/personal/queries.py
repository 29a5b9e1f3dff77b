"""Reads of contacts and texts. Contacts come sealed; only `reveal` opens them."""

from django.db.models import QuerySet

from zhicheng.core.access import Subject
from zhicheng.core.phones import parse_phone
from zhicheng.ground.personal.models import Contact, PersonalText
from zhicheng.ground.personal.sealing import phone_index


def find_contacts_by_phone(phone: str) -> QuerySet[Contact]:
    """Contacts with the number, in whatever spelling, the latest first. Raises PhoneError."""
    return Contact.objects.filter(phone_index=phone_index(parse_phone(phone))).order_by("-created_at", "-id")


def find_contacts_of_same_number(contact: Contact) -> QuerySet[Contact]:
    """Every contact with the number of this one, itself included; none if it has no number."""
    return Contact.objects.filter(phone_index=contact.phone_index).exclude(phone_index="")


def list_texts(subject: Subject) -> QuerySet[PersonalText]:
    """The texts of a record in the order they were entered, erased ones included."""
    kind, subject_id = subject
    return PersonalText.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("id")


def get_texts_by_hash(subject: Subject) -> dict[str, str]:
    """The texts of a record by the hash that its steps keep; what was erased or tampered with is missing."""
    return {kept.hash: kept.text for kept in list_texts(subject) if kept.erased_at is None and kept.is_genuine}
