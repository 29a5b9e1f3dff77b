"""A Chinese word to which law gives one meaning stands for nothing else on any page."""

from zhicheng.cli.catalogue import read

PENALTY = ("cases/reports/", "cases/agriculture/", "portal/doors.py")
"""Where it is decided whether a penalty case is filed (立案), or told that it will be; nobody else decides it."""


def test_a_penalty_case_is_all_that_is_filed() -> None:
    """Whoever reports a breach reads the history of their report: received is not filed."""
    said = {
        message.id: [place for place, _ in message.locations]
        for message in read()
        if "立案" in str(message.string)
    }
    assert said, "the word is in use"
    strange = {words: [one for one in places if not one.startswith(PENALTY)] for words, places in said.items()}
    assert {words: places for words, places in strange.items() if places} == {}
