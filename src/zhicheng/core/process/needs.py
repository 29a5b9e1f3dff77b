"""What a step asks of whoever takes it.

>>> Need("ground", NeedKind.CODE, words("Ground"), catalogue="rejection").personal
False
>>> Need("reason", NeedKind.TEXT, words("Reason")).personal
True
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from zhicheng.core.words import words


class NeedKind(StrEnum):
    """How a value is entered, checked and kept."""

    CODE = "code"
    """A term of a catalogue of the pack (`catalogue` names it)."""
    CHOICE = "choice"
    """One of `choices`."""
    DATE = "date"
    MONEY = "money"
    """An amount in yuan, kept as text with two decimals."""
    TEXT = "text"
    PARTY = "party"
    """An organization, by its id."""
    BODY = "body"
    """A public body that is competent for matters, by its id."""
    FILES = "files"
    RECORD = "record"
    """Another record of the same kind, by its number."""


@dataclass(frozen=True)
class Need:
    """One value that a step requires or accepts.

    `also` names further catalogues whose terms are offered beside those of `catalogue`; no code is in two of them.
    `headings` says of each of these catalogues, in their order, what its terms are: so they are told apart.
    `without` names terms at the top of the catalogue that are not offered here. `choices` pairs a stored code
    with its words. `from_today` refuses earlier dates, `until_today` later ones; `at_most_days` bounds a date
    ahead. `max_length` bounds a text in characters, `max_files` the number of files. `own_domain` asks for a body
    that is competent for the matter's domain, where any that is competent for its place would do otherwise.
    """

    key: str
    kind: NeedKind
    label: str
    hint: str = ""
    required: bool = True
    catalogue: str = ""
    also: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    own_domain: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    from_today: bool = False
    until_today: bool = False
    at_most_days: int | None = None
    max_length: int = 2_000
    max_files: int = 9
    confidential: bool = False
    """Whether the value stays between the bodies and the reporter: a company does not read it."""
    between_bodies: bool = False
    """Whether the value stays among the bodies: neither a company nor the reporter reads it."""

    @property
    def catalogues(self) -> tuple[str, ...]:
        """Every catalogue of which a term is accepted."""
        return (self.catalogue, *self.also)

    @property
    def personal(self) -> bool:
        """Whether the value may hold personal data: then the step keeps only its keyed hash."""
        return self.kind in (NeedKind.TEXT, NeedKind.FILES)


REASON = Need("reason", NeedKind.TEXT, words("Reason"))
NOTE = Need(
    "note", NeedKind.TEXT, words("Remark"), required=False,
    hint=words("Stays with this step. The bodies, the reporter and the company that takes part read it."),
)  # fmt: skip
"""What somebody adds to a step. What colleagues only tell each other are notes (`ground.notes`), and no step."""
AMONG_BODIES = replace(
    NOTE, hint=words("Stays with this step. Only the bodies read it, neither the reporter nor a company."),
    between_bodies=True,
)  # fmt: skip
"""What one body adds for another when a matter goes from hand to hand."""
