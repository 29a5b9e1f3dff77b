"""What a line of a log may say of an address: never what opens a record.

>>> without_secrets("Not Found: /answer/D6FC-V2K1-7QXM-0A3T/files/7/")
'Not Found: /answer/***/files/7/'
>>> without_secrets("GET /track/TS-3704-2026-000123-8/?secret=abc&large=1 failed")
'GET /track/TS-3704-2026-000123-8/?*** failed'
"""

import re

GUARDED = ("answer", "verify", "stop", "tokens")
"""Parts of addresses; the part that follows opens something for whoever has it."""
_HIDDEN = (
    (re.compile(rf"/({'|'.join(GUARDED)})/[^/\s?#\"'<>]+"), r"/\1/***"),
    (re.compile(r"/password/(?!set\b)[^/\s?#\"'<>]+"), "/password/***"),
    (re.compile(r"(?<![\w-])[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){3,}(?![\w-])"), "***"),  # a secret by itself
    (re.compile(r"\b(zck|whs)_\w{4,}[\w-]*"), r"\1_***"),
    (re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*"), "?***"),  # secrets, and whatever somebody searched for
    (re.compile(r"^(\s*)DETAIL:.*$", re.MULTILINE), r"\1DETAIL: ***"),  # the database quotes the row it refused
)


def without_secrets(line: str) -> str:
    """The line with secrets, keys and query strings replaced by three asterisks.

    >>> without_secrets("/accounts/password/1a-ck3x9-abc123/ and zck_1a2b3c4d_abcdefgh")
    '/accounts/password/***/ and zck_***'
    >>> without_secrets("the case TS-3704-2026-000123-8 stays as it is")
    'the case TS-3704-2026-000123-8 stays as it is'
    """
    for pattern, replacement in _HIDDEN:
        line = pattern.sub(replacement, line)
    return line
