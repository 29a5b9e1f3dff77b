"""How a note names colleagues: `@` and a name, or what they sign in by, somewhere in its text.

Names are Chinese as often as not and stand without spaces, so the longest name that fits counts.

>>> named_in("@李芳 请看，@王 明也请", {"李芳": 3, "李": 4, "王 明": 5})
([3, 5], [])
>>> named_in("请 @赵六 核实", {"李芳": 3})
([], ['赵六'])
"""

import re
from collections.abc import Mapping

LONGEST_NOTE = 1_000
MOST_NAMED = 20
_AT = re.compile(r"(?<![A-Za-z0-9._-])[@＠](?=\S)")
_WORD = re.compile(r"[\w.-]{1,40}")


def named_in(text: str, known: Mapping[str, int]) -> tuple[list[int], list[str]]:
    """Whom a text names among those `known` by a name, in their order, and the names that are nobody's there.

    The `@` in an e-mail address names nobody.
    """
    by_length = sorted(known, key=len, reverse=True)
    found: list[int] = []
    strangers: list[str] = []
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        name = next((name for name in by_length if rest.lower().startswith(name.lower())), None)
        if name is not None:
            found.append(known[name])
        elif (word := _WORD.match(rest)) is not None:
            strangers.append(word[0])
    return list(dict.fromkeys(found)), list(dict.fromkeys(strangers))
