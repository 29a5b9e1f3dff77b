"""What of a person's data may stand on a screen before somebody gives a reason to see it.

>>> mask_name("张三丰"), mask_phone("13812341234"), mask_phone("0537-2345678")
('张**', '138****1234', '0537-****678')
"""

from zhicheng.core.phones import parse_phone

HIDDEN = "****"


def mask_name(name: str) -> str:
    """The first character and two asterisks, whatever the length; a name of one character is hidden whole.

    >>> mask_name("欧阳修"), mask_name("李"), mask_name("")
    ('欧**', '**', '')
    """
    if not name:
        return ""
    return (name[0] if len(name) > 1 else "") + "**"


def mask_phone(phone: str) -> str:
    """Mobile 3 + 4 digits, landline the area code and the last 3, abroad the last 2; extensions are hidden.

    `phone` is a number that `parse_phone` accepts, or empty. Raises PhoneError.

    >>> mask_phone("010-62345678"), mask_phone("+85291234567")
    ('010-****678', '+****67')
    """
    if not phone:
        return ""
    parsed = parse_phone(phone)
    if parsed.area_code:
        return f"{parsed.area_code}-{HIDDEN}{parsed.local[-3:]}"
    if parsed.local.startswith("+"):
        return f"+{HIDDEN}{parsed.local[-2:]}"
    return f"{parsed.local[:3]}{HIDDEN}{parsed.local[-4:]}"


def mask_address(address: str) -> str:
    """At most the first six characters, never more than half: the district, not the door.

    >>> mask_address("任城区观音阁街道锦绣花园3号楼501室"), mask_address("太白路")
    ('任城区观音阁****', '太****')
    """
    return address[: min(6, len(address) // 2)] + HIDDEN if address else ""


def mask_email(address: str) -> str:
    """The first character of the name and the domain; empty if there is no address.

    >>> mask_email("wang.fang@example.org"), mask_email("")
    ('w***@example.org', '')
    """
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if address else ""
