"""What somebody typed, or a form or address holds, read as the id of a record.

Python refuses to read more than 4,300 digits and the database ids beyond 18: neither is a reason to fail.

>>> read_id("17"), read_id("1e3"), read_id("-1"), read_id("9" * 5000)
(17, None, None, None)
"""

LONGEST_ID = 18
"""More digits no id has."""
LARGEST_ID = 2**63 - 1
"""What the database's ids can hold: the bound that descriptions of interfaces give."""


def read_id(typed: str) -> int | None:
    """The id, or None if the text is not one: one to eighteen digits of ASCII.

    >>> read_id(""), read_id("٣"), read_id(" 3")
    (None, None, None)
    """
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID else None
