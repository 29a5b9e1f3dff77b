"""What a person types where a code is wanted, before any code is read out of it.

>>> plain(" ９１３７ — 0811 ma3c ")
'9137-0811-MA3C'
"""

import re
import unicodedata

from zhicheng.core.refused import Refused

_SEPARATORS = re.compile(r"[-‐‑‒–—―−_\s]+")


class CodeError(Refused):
    """A code is malformed or fails a check; the message says what is wrong and what was expected."""


def plain(typed: str) -> str:
    """`typed` in capitals and half-width characters, with every run of dashes and spaces as one hyphen."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return _SEPARATORS.sub("-", text).strip("-")


def is_digits(text: str) -> bool:
    """True if `text` is one or more of 0–9; `str.isdigit` alone also takes digits of other scripts."""
    return text.isascii() and text.isdigit()
