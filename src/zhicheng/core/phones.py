"""Telephone numbers as people in China write them: mobile, landline with area code, or from abroad.

Area codes are 010 and 020–029 with three digits, all others with four (工信部《电信网编号计划》).

>>> parse_phone("+86 138-1234-5678").number
'13812345678'
>>> str(parse_phone("（０５３７）２３４５６７８转801"))
'0537-2345678-801'
>>> parse_phone("2345678")
Traceback (most recent call last):
zhicheng.core.phones.PhoneError: “2345678” is not a telephone number: expected a mobile number of 11 digits, \
or a landline with its area code, such as 0537-2345678
"""

import re
import unicodedata
from dataclasses import dataclass

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

MAX_TYPED_LENGTH = 40

_EXTENSION = re.compile(
    r"(?:转|分机|ext\.?|x|#)\D{0,3}(\d{1,6})$|(?<=\d{7})\s*[-‐‑–—]\s*(\d{1,5})$", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s()\-‐‑‒–—―−_.·]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d)([2-9]\d{7})|(0[3-9]\d{2})([2-9]\d{6,7})")
_ABROAD = re.compile(r"\+(?!86)[1-9]\d{6,14}")
_HOME_PREFIX = re.compile(r"\+86|0086(?=\d{10})|86(?=1[3-9]\d{9}$)")


class PhoneError(Refused):
    """What was typed is not a telephone number; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in one spelling. `area_code` is empty for a mobile number and for a number abroad (+…)."""

    area_code: str
    local: str
    extension: str = ""

    @property
    def number(self) -> str:
        """The digits by which the network knows it, without the extension: the same for every spelling."""
        return self.area_code + self.local

    @property
    def is_mobile(self) -> bool:
        """Whether it takes text messages: a mobile number of this country."""
        return not self.area_code and not self.local.startswith("+")

    def __str__(self) -> str:
        return "-".join(part for part in (self.area_code, self.local, self.extension) if part)


def parse_phone(typed: str) -> Phone:
    """The number that was typed, whatever its width, separators and prefix; raises PhoneError."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if len(text) > MAX_TYPED_LENGTH:
        raise _refused(typed[:MAX_TYPED_LENGTH] + "…")
    main, extension = _split_extension(text)
    digits = _SEPARATORS.sub("", main)
    phone = _domestic(digits) or _abroad(digits)
    if phone is None:
        raise _refused(typed.strip())
    return Phone(phone.area_code, phone.local, extension)


def _split_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1] or found[2]) if found else (text, "")


def _domestic(digits: str) -> Phone | None:
    prefix = _HOME_PREFIX.match(digits)
    national = digits[prefix.end() :] if prefix else digits
    # A zero before a mobile number is an old habit; after +86 the zero of an area code is left out.
    if _MOBILE.fullmatch(national.removeprefix("0")):
        return Phone("", national.removeprefix("0"))
    if prefix and not national.startswith("0"):
        national = "0" + national
    found = _LANDLINE.fullmatch(national)
    return Phone(found[1] or found[3], found[2] or found[4]) if found else None


def _abroad(digits: str) -> Phone | None:
    number = "+" + digits[2:] if digits.startswith("00") else digits
    return Phone("", number) if _ABROAD.fullmatch(number) else None


def _refused(typed: str) -> PhoneError:
    return PhoneError(
        words(
            "“{typed}” is not a telephone number: expected a mobile number of 11 digits, or a landline with "
            "its area code, such as 0537-2345678"
        ),
        typed=typed,
    )
