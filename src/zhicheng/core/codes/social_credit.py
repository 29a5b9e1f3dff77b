"""Unified social credit codes (统一社会信用代码, GB 32100): 18 characters with two check characters.

Characters 1–2 name the registering authority and the kind of body, 3–8 the area of registration, 9–17 are
an organization code (GB 11714) that ends in a check character of its own, 18 checks the whole. The inner
check tells a wrong organization code from a wrong head or tail, so the message can say where to look.

python-stdnum supplies the outer check character; its `validate` is not used, because it skips the inner
check and refuses letters in characters 1–2, which rural collectives (N2…) have.

>>> parse_social_credit_code("91110000 600037341l")
'91110000600037341L'
>>> parse_social_credit_code("91110000600037342L")
Traceback (most recent call last):
zhicheng.core.codes.typed.CodeError: “91110000600037342L”: the organization code in characters 9–17 does not \
check: character 17 is 2, expected 1
"""

from stdnum.cn import uscc

from zhicheng.core.codes.typed import CodeError, is_digits, plain
from zhicheng.core.words import words

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100: digits and capitals without I O S V Z."""

LENGTH = 18
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def parse_social_credit_code(typed: str) -> str:
    """The 18 characters of `typed`, in capitals and without separators.

    Raises CodeError naming the first check that fails: length, alphabet, digits of the area, the check
    character of the organization code (17), the check character of the whole (18).
    """
    code = plain(typed).replace("-", "")
    _check_shape(code, LENGTH)
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        raise CodeError(
            words("“{code}” does not check: character 18 is {found}, expected {expected}"),
            code=code,
            found=code[17],
            expected=expected,
        )
    return code


def make_social_credit_code(prefix: str) -> str:
    """The code that begins with the 17 characters of `prefix`, whose organization code must itself check.

    >>> make_social_credit_code("91370811" + make_organization_code("MA3C0001"))
    '91370811MA3C00011L'
    """
    _check_shape(prefix, LENGTH - 1)
    return prefix + uscc.calc_check_digit(prefix)


def make_organization_code(body: str) -> str:
    """An organization code (GB 11714): the 8 characters of `body` and their check character (0–9 or X).

    >>> make_organization_code("60003734")
    '600037341'
    """
    _check_length(body, len(_ORGANIZATION_WEIGHTS))
    _check_alphabet(body)
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True))
    return body + "0123456789X"[-total % 11]


def _check_shape(code: str, length: int) -> None:
    _check_length(code, length)
    _check_alphabet(code)
    if not is_digits(code[2:8]):
        raise CodeError(
            words("“{code}”: characters 3–8 are the area of registration, expected 6 digits"), code=code
        )
    expected = make_organization_code(code[8:16])[-1]
    if code[16] != expected:
        raise CodeError(
            words(
                "“{code}”: the organization code in characters 9–17 does not check: "
                "character 17 is {found}, expected {expected}"
            ),
            code=code,
            found=code[16],
            expected=expected,
        )


def _check_length(code: str, length: int) -> None:
    if len(code) != length:
        raise CodeError(
            words("“{code}” has {count} characters, expected {expected}"),
            code=code,
            count=len(code),
            expected=length,
        )


def _check_alphabet(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            raise CodeError(
                words(
                    "“{code}”: character {place} is “{found}”; expected are digits and the capital "
                    "letters except I, O, S, V and Z"
                ),
                code=code,
                place=place,
                found=character,
            )
