"""Bringing every sealed value under the newest key, after which older keys may leave the secrets file."""

from django.db import transaction
from django.db.models import Model

from zhicheng.ground.personal.models import SEALED_FIELDS, Contact
from zhicheng.ground.personal.sealing import resealed

_sealed: list[tuple[type[Model], tuple[str, ...]]] = [(Contact, SEALED_FIELDS)]


def register_sealed(model: type[Model], fields: tuple[str, ...]) -> None:
    """Has the sealed fields of another app's table brought under the newest key as well.

    The table has a column `erased_at`, and its fields are empty once that is set.
    """
    _sealed.append((model, fields))


def rotate_keys(*, batch: int = 500) -> int:
    """Seals again what is not under the newest key, `batch` rows a transaction; returns how many rows changed.

    Can be stopped and started again, also while people work. Raises SealBroken if a value opens with no key.
    """
    return sum(_rotate(model, fields, batch) for model, fields in _sealed)


def _rotate(model: type[Model], fields: tuple[str, ...], batch: int) -> int:
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            rows = model._default_manager.select_for_update().filter(pk__gt=last, erased_at__isnull=True)
            portion = list(rows.order_by("pk")[:batch])
            if not portion:
                return changed
            stale = [row for row in portion if _reseal(row, fields)]
            model._default_manager.bulk_update(stale, fields)
        changed += len(stale)
        last = portion[-1].pk


def _reseal(row: Model, fields: tuple[str, ...]) -> bool:
    """Puts the row's values under the newest key; whether any was not."""
    fresh = {name: resealed(getattr(row, name)) for name in fields}
    stale = any(getattr(row, name) != value for name, value in fresh.items())
    for name, value in fresh.items():
        setattr(row, name, value)
    return stale
