"""How long a text message is: in parts, as networks count and charge them (3GPP TS 23.038, 23.040).

A message within the basic alphabet has 160 characters, or 153 in each part of several; one with any other
character, as all Chinese has, 70 or 67.

>>> parts_of("Case TS-1 was accepted."), parts_of("您" * 70), parts_of("您" * 71)
(1, 1, 2)
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€")
"""Characters of the extension table, which take the room of two."""


def parts_of(text: str) -> int:
    """The number of parts in which the text is sent; an empty one needs one."""
    if all(letter in _BASIC or letter in _TWICE for letter in text):
        length = len(text) + sum(letter in _TWICE for letter in text)
        return 1 if length <= 160 else -(-length // 153)
    length = len(text.encode("utf-16-be")) // 2
    return 1 if length <= 70 else -(-length // 67)
