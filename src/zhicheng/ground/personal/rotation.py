"""Bringing every sealed value under the newest key, after which older keys may leave the secrets file."""

from django.db import transaction

from zhicheng.ground.personal.models import SEALED_FIELDS, Contact
from zhicheng.ground.personal.sealing import resealed


def rotate_keys(*, batch: int = 500) -> int:
    """Seals again what is not under the newest key, `batch` contacts a transaction; returns how many changed.

    Can be stopped and started again, also while people work. Raises SealBroken if a value opens with no key.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            contacts = list(
                Contact.objects.select_for_update()
                .filter(pk__gt=last, erased_at__isnull=True)
                .order_by("pk")[:batch]
            )
            if not contacts:
                return changed
            stale = [contact for contact in contacts if _reseal(contact)]
            Contact.objects.bulk_update(stale, SEALED_FIELDS)
        changed += len(stale)
        last = contacts[-1].pk


def _reseal(contact: Contact) -> bool:
    """Puts the contact's values under the newest key; whether any was not."""
    fresh = {name: resealed(getattr(contact, name)) for name in SEALED_FIELDS}
    stale = any(getattr(contact, name) != value for name, value in fresh.items())
    for name, value in fresh.items():
        setattr(contact, name, value)
    return stale
