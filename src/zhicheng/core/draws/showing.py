"""What a refusal shows of a text that was found: on one line and not without end.

>>> shown("1\\n2"), shown("9" * 100, most=5)
('1\\\\n2', '9999…')
"""

MOST = 60
"""So many signs are shown unless something else is asked for."""


def shown(text: str, most: int = MOST) -> str:
    """`text` with line ends, control signs and halves of characters escaped, cut to `most` signs."""
    start = text[:most]
    line = "".join(sign if sign.isprintable() or sign == "\u3000" else _escaped(sign) for sign in start)
    return line if len(line) <= most and len(text) <= most else f"{line[: most - 1]}…"


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
