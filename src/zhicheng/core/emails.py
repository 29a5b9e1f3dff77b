"""E-mail addresses as people write them: one address, without a name, of which mail servers can make sense.

>>> parse_email(" Wang.Fang@Example.ORG ")
'Wang.Fang@example.org'
>>> parse_email("wang.fang")
Traceback (most recent call last):
zhicheng.core.emails.EmailError: “wang.fang” is not an e-mail address: expected one such as wang@example.org
"""

import re

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

LONGEST = 254
"""RFC 5321, as corrected by erratum 1690 of RFC 3696."""
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


class EmailError(Refused):
    """What was typed is not an e-mail address; the message says what was expected."""


def parse_email(typed: str) -> str:
    """The address that was typed, its domain in small letters; raises EmailError."""
    text = typed.strip()
    name, _, domain = text.rpartition("@")
    if len(text) > LONGEST or not _ADDRESS.fullmatch(text) or ".." in name or name[:1] == "." or name[-1:] == ".":
        raise EmailError(
            words("“{typed}” is not an e-mail address: expected one such as {example}"),
            typed=text[:60], example="wang@example.org",
        )  # fmt: skip
    return f"{name}@{domain.lower()}"
