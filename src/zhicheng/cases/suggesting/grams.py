"""What a text is compared by: its single characters, pairs and triples, each as one whole number.

Chinese has no spaces, and no dictionary knows the words of every city; characters in a row need none.
"""

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.float32]

LONGEST_TEXT = 4_000
"""Characters that are read of one text; what a complaint is about is said before."""
_LONGEST_GRAM = 3
_BITS = np.uint64(21)
"""A code point needs no more; so pairs, triples and single characters never share a number."""


@dataclass(frozen=True)
class Counted:
    """The different grams of a text, ascending, and how often each stands in it."""

    keys: Keys
    counts: Numbers


def normal(text: str) -> str:
    """The text as it is compared: one width of letters and digits, small letters, single spaces.

    >>> normal("  ＡＢ楼  3单元 ")
    'ab楼 3单元'
    """
    cut = text[: 2 * LONGEST_TEXT].replace("\x00", " ")
    return " ".join(unicodedata.normalize("NFKC", cut).lower().split())[:LONGEST_TEXT]


def count_grams(text: str) -> Counted:
    """The grams of a text.

    >>> count_grams("漏水漏水").counts.tolist()
    [2.0, 2.0, 1.0, 2.0, 1.0, 1.0]
    """
    points = np.frombuffer(normal(text).encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    grams, longer = [points], points
    for size in range(2, _LONGEST_GRAM + 1):
        longer = (longer[:-1] << _BITS) | points[size - 1 :] if len(points) >= size else longer[:0]
        grams.append(longer)
    keys, counts = np.unique(np.concatenate(grams), return_counts=True)
    return Counted(keys, counts.astype(np.float32))


def choose_vocabulary(texts: list[Counted], *, fewest: int, most: int) -> Keys:
    """The grams that stand in `fewest` texts or more, the `most` most common of them, ascending."""
    keys, spread = np.unique(np.concatenate([text.keys for text in texts]), return_counts=True)
    kept = np.flatnonzero(spread >= fewest)
    # The number itself decides between grams that are equally common, so that the choice is always the same.
    common = kept[np.lexsort((keys[kept], -spread[kept]))[:most]]
    chosen: Keys = np.sort(keys[common])
    return chosen


def places_in(vocabulary: Keys, text: Counted) -> tuple[NDArray[np.int64], Numbers]:
    """Where the known grams of a text stand in the vocabulary, and their weight before idf: 1 + ln(count)."""
    if not len(vocabulary):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    places = np.minimum(np.searchsorted(vocabulary, text.keys), len(vocabulary) - 1)
    known = vocabulary[places] == text.keys
    return places[known].astype(np.int64), (1 + np.log(text.counts[known])).astype(np.float32)
