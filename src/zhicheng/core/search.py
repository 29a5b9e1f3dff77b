"""Search for Chinese words without a dictionary: every two neighbouring characters of a text are a term.

A name is kept with its terms in an indexed array; a query asks for the names that hold all of its terms.
Trigrams cannot serve the two-character words that most Chinese words are. Width and case are folded,
punctuation and spaces are dropped: “锦绣花园（一期）” is found by “花园一期”.

>>> bigrams("锦绣花园（一期）")
['一期', '园一', '绣花', '花园', '锦绣']
>>> set(query_bigrams("花园一期")) <= set(bigrams("锦绣花园（一期）"))
True
"""

import unicodedata


def bigrams(*texts: str) -> list[str]:
    """The terms to keep with a record whose searchable texts are `texts`; sorted, each once.

    Terms never reach from one text into the next. A text of one character has none.

    >>> bigrams("ＡＢ-c", "")
    ['ab', 'bc']
    """
    return sorted({pair for text in texts for pair in _pairs(text)})


def query_bigrams(query: str) -> list[str]:
    """The terms that a record must all hold to be found by `query`; words parted by spaces may lie anywhere.

    Words of one character say too little and are passed over; an empty list means that the query is too
    short to search by.

    >>> query_bigrams("3号楼 锦绣"), query_bigrams("楼")
    (['3号', '号楼', '锦绣'], [])
    """
    return bigrams(*unicodedata.normalize("NFKC", query).split())


def _pairs(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(character for character in folded if character.isalnum())
    return [kept[place : place + 2] for place in range(len(kept) - 1)]
