"""The words of problems: one title for each kind, and a sentence for each way in which a value can be wrong."""

from collections.abc import Mapping
from typing import Any

from zhicheng.core.words import words
from zhicheng.ground.ui.templatetags.house import sentence

TITLES = {
    "key": words("Nobody is signed in"),
    "scope": words("Not allowed"),
    "forgery": words("Token against forgery"),
    "missing": words("Not found"),
    "method": words("Method not allowed"),
    "moved": words("Moved meanwhile"),
    "known": words("Recorded already"),
    "reused": words("Key used for another request"),
    "refused": words("Request refused"),
    "values": words("Some values are wrong"),
    "unreadable": words("Unreadable request"),
    "failed": words("Failed"),
    "away": words("Away for a moment"),
}
"""By the code that ends the problem's `type`."""

_MISSING = words("“{name}” is missing.")
_WRONG = {
    "missing": _MISSING,
    "extra_forbidden": words("“{name}” is not asked for."),
    "string_type": words("“{name}” must be a text."),
    "string_too_short": words("“{name}” must have at least {min_length} characters."),
    "string_too_long": words("“{name}” may have at most {max_length} characters."),
    "string_pattern_mismatch": words("“{name}” is not written as expected."),
    "int_type": words("“{name}” must be a whole number."),
    "int_parsing": words("“{name}” must be a whole number."),
    "int_from_float": words("“{name}” must be a whole number."),
    "int_parsing_size": words("“{name}” is too large a number."),
    "float_type": words("“{name}” must be a number."),
    "float_parsing": words("“{name}” must be a number."),
    "finite_number": words("“{name}” must be a number."),
    "bool_parsing": words("“{name}” must be true or false."),
    "greater_than_equal": words("“{name}” must be {ge} or more."),
    "less_than_equal": words("“{name}” must be {le} or less."),
    "list_type": words("“{name}” must be a list."),
    "too_long": words("“{name}” may have at most {max_length} entries."),
    "too_short": words("“{name}” must have at least {min_length} entries."),
    "dict_type": words("“{name}” must be an object."),
    "model_attributes_type": words("“{name}” must be an object."),
    "enum": words("“{name}” must be one of: {expected}."),
    "literal_error": words("“{name}” must be one of: {expected}."),
    "url_parsing": words("“{name}” must be an address that begins with https://."),
    "url_scheme": words("“{name}” must be an address that begins with https://."),
}
_ANY = words("“{name}” is not what was expected.")


def wrong_value(name: str, error: Mapping[str, Any]) -> str:
    """What is wrong with a value, from the checker's kind of error and its limits."""
    limits = {key: value for key, value in error.get("ctx", {}).items() if isinstance(value, str | int | float)}
    return sentence(_WRONG.get(error["type"], _ANY), {**limits, "name": name})
