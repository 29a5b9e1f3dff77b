"""One JSON text for one value: the bytes that are hashed, stored as written, and hashed again to verify.

Keys sorted by code point, no spaces, UTF-8 unescaped, and only values that come back as they went.

>>> canonical_bytes({"verb": "accept", "at": "2026-11-23T09:00:00+08:00", "n": [1, None, True]}).decode()
'{"at":"2026-11-23T09:00:00+08:00","n":[1,null,true],"verb":"accept"}'
>>> canonical_bytes({"limits": [{"amount": 1.5}]})
Traceback (most recent call last):
zhicheng.core.canonical.NotCanonical: $.limits[0].amount is a float, expected str, int, bool, None, list, dict
"""

import json


class NotCanonical(TypeError):
    """A value has no canonical form: a fault of the program. The message gives its path from `$`."""


def canonical_bytes(value: object) -> bytes:
    """`value` as canonical JSON: str, int, bool, None, and lists and string-keyed dicts of these.

    A float is refused because its text depends on who writes it (give a decimal as text), a datetime because
    its zone does (give ISO 8601). Raises NotCanonical.
    """
    _check(value, "$")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check(value: object, path: str) -> None:
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        _check_text(value, path)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _check(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{path} has the key {key!r}: expected text")
            _check_text(key, path)
            _check(item, f"{path}.{key}")
    else:
        raise NotCanonical(f"{path} is a {type(value).__name__}, expected str, int, bool, None, list, dict")


def _check_text(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{path} holds a lone surrogate, which UTF-8 cannot write") from error
