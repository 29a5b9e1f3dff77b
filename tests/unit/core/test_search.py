"""Terms for the search of Chinese words."""

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.search import bigrams, query_bigrams

words_of_names = st.text("锦绣花园城一二三期号楼 （）()-ABCabc1２3", min_size=1, max_size=12)


def found(query: str, *texts: str) -> bool:
    """What the database does: a record is found if it holds every term of the query."""
    terms = query_bigrams(query)
    return bool(terms) and set(terms) <= set(bigrams(*texts))


def test_two_characters_in_the_middle_are_found() -> None:
    assert found("花园", "锦绣花园（一期）")
    assert not found("园花", "锦绣花园（一期）")


def test_words_may_lie_in_different_texts_and_any_order() -> None:
    assert found("3号楼 锦绣", "3号楼", "任城区太白路", "锦绣花园")
    assert not found("3号楼锦绣", "3号楼", "任城区太白路", "锦绣花园")


def test_width_case_and_punctuation_do_not_matter() -> None:
    assert found("ａ座 (东)", "A座（东）")


def test_one_character_is_too_short_to_search_by() -> None:
    assert query_bigrams("楼") == []
    assert query_bigrams("楼 花园") == ["花园"]


@given(words_of_names)
def test_a_name_is_found_by_itself_or_too_short(name: str) -> None:
    assert found(name, name) or query_bigrams(name) == []


@given(words_of_names, st.data())
def test_a_name_is_found_by_any_part_without_spaces(name: str, data: st.DataObject) -> None:
    solid = name.replace(" ", "")
    start = data.draw(st.integers(0, len(solid)))
    part = solid[start : data.draw(st.integers(start, len(solid)))]
    assert found(part, name) or query_bigrams(part) == []


@given(st.lists(st.text(max_size=20), max_size=4))
def test_terms_are_sorted_and_each_once(texts: list[str]) -> None:
    terms = bigrams(*texts)
    assert terms == sorted(set(terms))
    assert all(len(term) == 2 for term in terms)
