"""What is searched for, as a condition of the index.

>>> folded("济 2026-000１7")
'济202600017'
"""

import unicodedata

from django.db.models import Q

from zhicheng.core.search import query_bigrams


def folded(number: str) -> str:
    """A number or code in its one spelling: width and case folded, only letters and digits kept."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    return "".join(character for character in plain if character.isalnum())


def condition(text: str) -> Q | None:
    """Entries that hold the whole text as a number, or all its terms; None if it is too short to search by."""
    number, terms = folded(text), query_bigrams(text)
    if not number:
        return None
    by_number = Q(numbers__contains=[number])
    return by_number | Q(bigrams__contains=terms) if terms else by_number
