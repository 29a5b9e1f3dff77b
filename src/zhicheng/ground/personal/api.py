"""What other apps may use of personal data."""

from zhicheng.ground.personal.models import Contact, Masked, PersonalText
from zhicheng.ground.personal.queries import (
    find_contacts_by_phone,
    find_contacts_of_same_number,
    get_texts_by_hash,
    list_texts,
)
from zhicheng.ground.personal.rotation import register_sealed, rotate_keys
from zhicheng.ground.personal.sealing import SealBroken, keyed_hash_of, seal, unseal
from zhicheng.ground.personal.services import (
    Revealed,
    agree_to_progress,
    empty_texts,
    erase,
    follow_erasure,
    keep_text,
    new_contact,
    reveal,
    store_contact,
)

__all__ = [
    "Contact",
    "Masked",
    "PersonalText",
    "Revealed",
    "SealBroken",
    "agree_to_progress",
    "empty_texts",
    "erase",
    "find_contacts_by_phone",
    "find_contacts_of_same_number",
    "follow_erasure",
    "get_texts_by_hash",
    "keep_text",
    "keyed_hash_of",
    "list_texts",
    "new_contact",
    "register_sealed",
    "reveal",
    "rotate_keys",
    "seal",
    "store_contact",
    "unseal",
]
