"""Terms of several catalogues in one need, and what a step keeps of the record beside what it was given."""

from datetime import date

from zhicheng.core.access import Role
from zhicheng.core.process import Need, NeedKind, Process, Step, catalogues_asked, final, open_, staying

SENT, KEPT = open_("sent", Role.CLERK), final("kept")
WAS = Need("topic_was", NeedKind.CODE, "Topic before", catalogue="letter.former")
TOPIC = Need("topic", NeedKind.CODE, "Topic", catalogue="letter.topic", also=("card.topic", "parcel.topic"))
LETTER = Process(
    key="letter", label="Letter", in_force=date(2020, 1, 1), states=(SENT, KEPT),
    steps=(
        Step("keep", SENT >> KEPT, Role.CLERK),
        Step("sort", staying(SENT), Role.CLERK, needs=(TOPIC,), recalls=(WAS,)),
    ),
)  # fmt: skip


def test_a_need_accepts_the_terms_of_all_its_catalogues() -> None:
    assert TOPIC.catalogues == ("letter.topic", "card.topic", "parcel.topic")
    assert WAS.catalogues == ("letter.former",)


def test_a_table_asks_for_every_catalogue_from_which_it_takes_a_term() -> None:
    assert catalogues_asked(LETTER) == {"letter.topic", "card.topic", "parcel.topic"}


def test_what_was_stands_before_what_is_in_the_history_but_is_never_asked_for() -> None:
    assert LETTER.needs_of("sent", "sort") == (WAS, TOPIC)
    step = LETTER.step("sent", "sort")
    assert step is not None
    assert step.needs == (TOPIC,)
    assert LETTER.needs_of("sent", "keep") == ()
