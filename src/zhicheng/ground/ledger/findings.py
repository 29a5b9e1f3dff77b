"""What a verification of the ledger says, and the checks that other apps add to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from zhicheng.core.access import Subject


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written; `number` is the entry of the subject's chain, if one is meant.

    `message` is the English sentence with `{name}` places, which is also the key of its translation.
    """

    message: str
    params: Mapping[str, object]
    subject: Subject | None = None
    number: int | None = None

    def __str__(self) -> str:
        return self.message.format(**self.params)


@dataclass(frozen=True)
class Report:
    """What was looked at and what was found. `unproved` are the sealed days that no export given speaks of."""

    entries: int
    chains: int
    heads: int
    roots: int
    unproved: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


Check = Callable[[], Iterator[Finding]]


_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Adds a check that compares an app's tables with the ledger; called from its `ready()`."""
    if name in _checks:
        raise ValueError(f"ledger check {name} is registered twice")
    _checks[name] = check


def list_checks() -> list[Check]:
    """Every registered check, in the order of their names."""
    return [_checks[name] for name in sorted(_checks)]
