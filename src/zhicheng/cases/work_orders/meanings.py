"""What another hotline's words for categories mean here: which of them are ours, and which somebody has to say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from zhicheng.cases.suggesting.queries import categories_of
from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Table
from zhicheng.ground.packs.api import Term

MEANINGS = "meanings"
"""The option of a plan that has our code for their words, folded."""
MOST_ASKED = 40
"""Of how many words of theirs a page asks; they are told by how many rows have them."""
_PARTING = re.compile(r"[/／\\>＞｜|\-－—→、]")

Named = Mapping[str, Term]
"""Our categories by folded codes and words."""


def named_categories(area_path: str) -> dict[str, Term]:
    """The categories of an area by their folded codes and words; words that several share name none of them."""
    terms = categories_of(area_path).values()
    shared = Counter(label for term in terms for label in {fold(term.zh), fold(term.en)})
    by_words = {label: term for term in terms for label in (fold(term.zh), fold(term.en)) if shared[label] == 1}
    return by_words | {fold(term.code): term for term in terms}


def with_meanings(categories: Named, meanings: Mapping[str, str]) -> dict[str, Term]:
    """The categories with what somebody said that words mean; a code that is none any more means nothing."""
    return {**categories, **{said: categories[code] for said, code in meanings.items() if code in categories}}


def find_category(named: str, categories: Named) -> Term | None:
    """What a cell names: the whole of it, or a part of a path such as 住房/质量/渗漏, the last part first."""
    texts = (named, *reversed(_PARTING.split(named)))
    return next((found for text in texts if (found := categories.get(fold(text)))), None)


def unknown_words(table: Table, column: int | None, categories: Named) -> list[str]:
    """The words of a column that name none of the categories, those of most rows first; at most `MOST_ASKED`."""
    if column is None or not 0 <= column < len(table.head):
        return []
    counted = Counter(_cells(table, column))
    unknown = (named for named, _ in counted.most_common() if find_category(named, categories) is None)
    return [named for named, _ in zip(unknown, range(MOST_ASKED), strict=False)]


def changed_meanings(meanings: Mapping[str, str], changes: Sequence[str], categories: Named) -> dict[str, str]:
    """Meanings after changes such as "漏水=leak", or "漏水=" that takes one back. Raises Refused."""
    changed = dict(meanings)
    for change in changes:
        named, _, code = change.rpartition("=")
        if not named.strip() or (code.strip() and fold(code) not in categories):
            message = words("“{change}”: expected are their words, then = and the code or the words of a category")
            raise Refused(message, change=change)
        changed.pop(fold(named), None)
        if code.strip():
            changed[fold(named)] = categories[fold(code)].code
    return changed


def _cells(table: Table, column: int) -> Iterator[str]:
    for row in table.rows:
        if named := " ".join(row.cells[column].split()) if column < len(row.cells) else "":
            yield named
