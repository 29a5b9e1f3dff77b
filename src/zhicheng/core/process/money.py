"""Amounts of money as people write them.

>>> read_yuan("1,058.5 元"), read_yuan("￥３00"), read_yuan("about 300")
('1058.50', '300.00', None)
"""

import re
import unicodedata
from decimal import Decimal

from zhicheng.core.words import words

_AMOUNT = re.compile(
    r"(?:¥|人民币|RMB|CNY)?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(?:元整|元|圆|块|yuan|RMB|CNY)?",
    re.IGNORECASE,
)
MOST_YUAN = Decimal("999999999.99")
"""The highest amount that is taken: a slip of the finger more likely than a claim."""
NO_AMOUNT = words("“{label}” must be an amount in yuan such as 58.50, of at most {most}.")


def read_yuan(text: str) -> str | None:
    """An amount in yuan with two decimals, without sign, spaces and parted thousands; None for anything else.

    Full-width characters count as their plain ones; at most two decimals and `MOST_YUAN`.
    """
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return f"{amount:.2f}" if amount <= MOST_YUAN else None
