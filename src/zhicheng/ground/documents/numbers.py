"""Serials without gaps: a row that is counted up in the transaction that uses the number."""

from django.db import connection

_NEXT = """
    INSERT INTO documents_counter AS counter (issuer_id, mark, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (issuer_id, mark, year) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""
_claimed: set[str] = set()


def claim_series(mark: str) -> str:
    """Says that the series of this mark numbers something else than documents; gives the mark back.

    Whoever claims a series looks for gaps in it. No form may bear its mark. Raises ValueError if it is claimed.
    """
    if mark in _claimed:
        raise ValueError(f"the series {mark!r} is claimed twice")
    _claimed.add(mark)
    return mark


def claimed_series() -> frozenset[str]:
    """The marks of all series that number something else than documents."""
    return frozenset(_claimed)


def next_serial(*, issuer: int, mark: str, year: int) -> int:
    """The next serial of a body in a series and year, from 1.

    The counter's row stays locked until the caller's transaction ends: whoever issues in the same series waits,
    and a transaction that is rolled back, or whose process dies, gives its serial back. A sequence would not:
    it leaves gaps, which an auditor of a register of documents reads as documents that were made to vanish.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [issuer, mark, year])
        (serial,) = cursor.fetchone()
    return int(serial)
