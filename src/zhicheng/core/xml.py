r"""What XML may hold of a text. People paste more, such as what a scanner's PDF has between its words.

>>> writable("请于\x1f7日内\n整改\x02。")
'请于7日内\n整改。'
"""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without the characters that no XML may hold (XML 1.0, fifth edition, §2.2)."""
    return _FORBIDDEN.sub("", text)
