"""Keeping the search in step with the records, in the transaction that writes them."""

from collections.abc import Sequence

from zhicheng.core.access import Subject
from zhicheng.core.search import bigrams
from zhicheng.ground import clock
from zhicheng.ground.search.models import SearchEntry
from zhicheng.ground.search.terms import number_terms

LONGEST_TITLE = 200
_KEPT = ["title", "subtitle", "bigrams", "numbers", "updated_at"]


def index(
    *, subject: Subject, title: str, text: str = "", numbers: Sequence[str] = (), subtitle: str = ""
) -> None:
    """Makes a record findable by its title, its words and its numbers, or brings that up to date.

    `text` is found but not shown; `numbers` are found whole, or by four or more of their last characters, and
    come first. Give nobody's personal data.
    """
    entry = SearchEntry(
        subject_kind=subject[0],
        subject_id=subject[1],
        title=title[:LONGEST_TITLE],
        subtitle=subtitle[:LONGEST_TITLE],
        bigrams=bigrams(title, subtitle, text),
        numbers=number_terms(numbers),
        updated_at=clock.now(),
    )
    SearchEntry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["subject_kind", "subject_id"], update_fields=_KEPT
    )


def remove(subject: Subject) -> None:
    """Makes a record unfindable. Removing what is not there changes nothing."""
    SearchEntry.objects.filter(subject_kind=subject[0], subject_id=subject[1]).delete()
