import pytest

from zhicheng.cases.importing.mapping import (
    LABELS,
    SYNONYMS,
    ColumnMapping,
    Field,
    MappingRefused,
    guess_columns,
    is_personal,
    score_of,
)

MESSAGES = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")


def columns(head):
    return {field: column for field, (column, _) in guess_columns(head).items()}


def test_the_head_of_the_messages_is_understood():
    assert columns(MESSAGES) == {
        Field.NUMBER: 0, Field.TITLE: 2, Field.RECEIVED_AT: 3, Field.DESCRIPTION: 4, Field.REPLY: 5,
        Field.REPLIED_AT: 6,
    }  # fmt: skip


def test_english_heads_are_understood_whatever_their_case():
    head = ("Ticket_ID", "Subject", "Received At", "Reply", "Replied at", "Category", "Phone number")

    assert columns(head) == {
        Field.NUMBER: 0, Field.TITLE: 1, Field.RECEIVED_AT: 2, Field.REPLY: 3, Field.REPLIED_AT: 4,
        Field.CATEGORY: 5,
    }  # fmt: skip


def test_a_column_about_a_person_is_never_guessed():
    assert is_personal("留言用户")
    assert is_personal("联系电话号码")
    assert 1 not in columns(MESSAGES).values()
    assert columns(("用户编号", "电话")) == {}


def test_each_column_is_guessed_for_one_field_and_the_nearer_name_wins():
    guessed = guess_columns(("市民留言时间", "留言时间", "编号"))

    assert guessed[Field.RECEIVED_AT] == (1, 100)
    assert len({column for column, _ in guessed.values()}) == len(guessed)


def test_unknown_words_score_nothing():
    assert score_of("颜色", Field.TITLE) == 0
    assert 60 <= score_of("全部留言时间", Field.RECEIVED_AT) < 100


def test_no_synonym_names_two_fields():
    told = [synonym for synonyms in SYNONYMS.values() for synonym in synonyms]

    assert len(told) == len(set(told))
    assert set(LABELS) == set(SYNONYMS) == set(Field)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({Field.NUMBER: 0, Field.TITLE: 1}, "Say which column holds “Received”."),
        ({Field.NUMBER: 0, Field.TITLE: 1, Field.RECEIVED_AT: 9}, "“Received” names a column that the file"),
        ({Field.NUMBER: 0, Field.TITLE: 1, Field.RECEIVED_AT: 1}, "Two fields name the same column"),
    ],
)
def test_a_choice_that_reads_nothing_is_refused(chosen, said):
    with pytest.raises(MappingRefused) as refused:
        ColumnMapping(chosen).checked(7)

    assert said in str(refused.value)
