"""Texts with blanks: `{name}` stands for a value of the record that the text is written about.

A value that the record lacks leaves a gap that a person sees and fills; a text with a gap is not sent.

>>> names_in("Received on {received}, see {number}.")
('received', 'number')
>>> filled("{number} by {company}.", {"number": "TS-1", "company": ""}, {"company": "the company"})
'TS-1 by 〔？the company〕.'
>>> first_gap("TS-1 by 〔？the company〕.")
'the company'
"""

import re
from collections.abc import Mapping

_BLANK = re.compile(r"\{(\w*)\}")
_GAP = re.compile(r"〔[？?]([^〕]*)〕")


def names_in(text: str) -> tuple[str, ...]:
    """The names of a text's blanks, each once, in their order."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def filled(text: str, values: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """The text with its blanks filled; where the value is empty or unknown, a gap that names what is missing."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return values.get(name, "") or f"〔？{labels.get(name, name)}〕"

    return _BLANK.sub(value, text)


def first_gap(text: str) -> str | None:
    """What the first gap of a text asks for; None if it has none."""
    found = _GAP.search(text)
    return found[1] if found else None
