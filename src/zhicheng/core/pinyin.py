"""Sort keys for Chinese names; the embedded database server has no collation for Chinese.

>>> sorted(["枣庄", "济宁", "曲阜", "ABC", "2号"], key=sort_key)
['2号', 'ABC', '济宁', '曲阜', '枣庄']
"""

import unicodedata

from pypinyin import Style, lazy_pinyin

MAX_LENGTH = 200


def sort_key(name: str) -> str:
    """Pinyin with tone digits, a space between syllables, cut at 200 characters; other characters stay.

    Compare keys by code point (collation "C").

    >>> sort_key("重庆路"), sort_key("Ａ座")
    ('chong2 qing4 lu4', 'a zuo4')
    """
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    syllables = (part.strip() for part in lazy_pinyin(folded, style=Style.TONE3))
    return " ".join(filter(None, syllables))[:MAX_LENGTH]


def initials(name: str) -> str:
    """The first letters of the syllables, as people type them to be quick; other characters stay whole.

    >>> initials("渗漏"), initials("3号楼")
    ('sl', '3hl')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = lazy_pinyin(folded, style=Style.FIRST_LETTER)
    return "".join(character for part in letters for character in part if character.isalnum())
