"""Numbers of items as Chinese papers write them.

>>> [numeral(number) for number in (1, 10, 11, 20, 21, 99)]
['一', '十', '十一', '二十', '二十一', '九十九']
"""

UNITS: tuple[str, ...] = ("", *"一二三四五六七八九")


def numeral(number: int) -> str:
    """A number from 1 to 99, as in 第（十一）项. Raises ValueError for any other."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, units = divmod(number, 10)
    return (UNITS[tens] if tens > 1 else "") + ("十" if tens else "") + UNITS[units]
