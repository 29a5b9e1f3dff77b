"""How pure code says no to a person: a sentence and its values, kept apart so that it can be translated.

>>> refused = Refused("“{typed}” is not a number", typed="x")
>>> str(refused), refused.message, refused.params
('“x” is not a number', '“{typed}” is not a number', {'typed': 'x'})
"""

from collections.abc import Callable, Mapping
from typing import Any

TRANSLATED = frozenset({"label", "state", "file_kind"})
"""Parameters of sentences that are words themselves."""


def sentence(message: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """`message` translated, its places filled; a label, a state or a kind of file among the parameters is too.

    >>> chinese = {"The {label} is {value}": "{label}为 {value}", "cost": "费用"}
    >>> sentence("The {label} is {value}", {"label": "cost", "value": "cost"}, chinese.__getitem__)
    '费用为 cost'
    """
    spoken = {key: translate(value) if key in TRANSLATED and value else value for key, value in params.items()}
    return translate(message).format(**spoken)


class Refused(ValueError):
    """Something given by a person or a pack cannot be accepted, and why.

    `message` is the English sentence with `{name}` places, which is also the key of its translation; `params`
    fill the places. `str()` is the finished English sentence; a shell that speaks another language prints
    `sentence(refused.message, refused.params, gettext)`.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message.format(**params))
        self.message = message
        self.params = params


class Unprepared(Refused):
    """The platform was not told what it has to know: whoever asked did nothing wrong and cannot mend it.

    The sentence is for whoever keeps the packs; people outside are told that it cannot be done just now.
    """
