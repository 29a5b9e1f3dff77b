"""The one place where the product learns what time it is, so that a test or the simulator can say it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_source: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=timezone.now)


def now() -> datetime:
    """The present moment, aware."""
    return _source.get()()


def today() -> date:
    """The present date in the city's time zone."""
    return timezone.localdate(now())


@contextmanager
def fixed_at(moment: datetime) -> Iterator[None]:
    """Within the block, time stands still at `moment`, which must be aware."""
    if timezone.is_naive(moment):
        raise ValueError(f"an aware moment is needed, not {moment!r}")
    token = _source.set(lambda: moment)
    try:
        yield
    finally:
        _source.reset(token)
