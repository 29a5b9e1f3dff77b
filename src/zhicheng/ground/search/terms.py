"""What is kept of a number, what is searched for, and the condition of the index that joins them.

A number is found whole or by its tail, as people say it (“the last five digits”). Its two-character terms
would not do: every number of a year shares most of them, and no index is quick at finding what is everywhere.

>>> folded("济 2026-000１7"), tails("TS-2026")
('济202600017', ['2026', 's2026', 'ts2026'])
"""

import unicodedata
from collections.abc import Sequence

from django.db.models import Q

from zhicheng.core.search import query_bigrams

SHORTEST_TAIL = 4


def folded(number: str) -> str:
    """A number or code in its one spelling: width and case folded, only letters and digits kept."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    return "".join(character for character in plain if character.isalnum())


def tails(number: str) -> list[str]:
    """A number folded, and every end of it of four characters or more, the shortest first."""
    whole = folded(number)
    starts = range(max(len(whole) - SHORTEST_TAIL, 0), -1, -1)
    return [whole[start:] for start in starts if whole]


def number_terms(numbers: Sequence[str]) -> list[str]:
    """What is kept of a record's numbers; sorted, each once."""
    return sorted({tail for number in numbers for tail in tails(number)})


def condition(text: str) -> Q | None:
    """Entries that the text names by number, or that hold all its terms; None if there is nothing to search."""
    number, terms = folded(text), query_bigrams(text)
    if not number:
        return None
    by_number = Q(numbers__contains=[number])
    return by_number | Q(bigrams__contains=terms) if terms else by_number
