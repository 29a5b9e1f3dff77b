"""Keeping the search in step with the records, in the transaction that writes them."""

from collections.abc import Sequence

from zhicheng.core.access import Subject
from zhicheng.core.search import bigrams
from zhicheng.ground import clock
from zhicheng.ground.database.writing import Writing, write
from zhicheng.ground.search.models import SearchEntry
from zhicheng.ground.search.terms import number_terms

LONGEST_TITLE = 200
_PUT = """
found AS (
    INSERT INTO search_searchentry (subject_kind, subject_id, title, subtitle, bigrams, numbers, updated_at)
    VALUES (%(found_kind)s, %(found_id)s, %(found_title)s, %(found_subtitle)s,
        string_to_array(%(found_bigrams)s, ' '), string_to_array(%(found_numbers)s, ' '), %(found_at)s)
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle,
        bigrams = excluded.bigrams, numbers = excluded.numbers, updated_at = excluded.updated_at)
"""
# A case has some five hundred terms: sent one by one they cost fifteen times as much as in one text.


def index(
    *, subject: Subject, title: str, text: str = "", numbers: Sequence[str] = (), subtitle: str = ""
) -> None:
    """Makes a record findable by its title, its words and its numbers, or brings that up to date."""
    write(indexing(subject=subject, title=title, text=text, numbers=numbers, subtitle=subtitle))


def indexing(
    *, subject: Subject, title: str, text: str = "", numbers: Sequence[str] = (), subtitle: str = ""
) -> Writing:
    """The part of a statement that makes a record findable.

    `text` is found but not shown; `numbers` are found whole, or by four or more of their last characters, and
    come first. Give nobody's personal data.
    """
    return Writing(
        _PUT,
        {
            "found_kind": subject[0],
            "found_id": subject[1],
            "found_title": title[:LONGEST_TITLE],
            "found_subtitle": subtitle[:LONGEST_TITLE],
            "found_bigrams": " ".join(bigrams(title, subtitle, text)),
            "found_numbers": " ".join(number_terms(numbers)),
            "found_at": clock.now(),
        },
    )


def remove(subject: Subject) -> None:
    """Makes a record unfindable. Removing what is not there changes nothing."""
    SearchEntry.objects.filter(subject_kind=subject[0], subject_id=subject[1]).delete()
