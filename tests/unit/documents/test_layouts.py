"""A form is filled from a matter's particulars, and a provision that was not read is never printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.clock import Citation
from zhicheng.ground.documents.layouts import (
    BlockLayout,
    Layout,
    LineLayout,
    NoteLayout,
    Particulars,
    Provision,
    filled,
    notes_of,
    printed,
)
from zhicheng.ground.documents.paper import BlockKind


def layout(*blocks: BlockLayout, provisions: tuple[Provision, ...] = ()) -> Layout:
    return Layout(
        edition="1", title="决定书", title_en="Decision", mark="决", addressee="{who}", blocks=blocks,
        provisions=provisions,
    )  # fmt: skip


def text_of(blocks: object) -> str:
    return repr(blocks)


CITING = BlockLayout(text="依据{law.nine}，决定受理。", otherwise="决定受理。")


def test_a_note_depends_on_what_the_paper_has():
    notes = (
        "注：1. 用途。",
        NoteLayout(text="2. 电话。", when="phone"),
        NoteLayout(text="甲", when="on", otherwise="乙"),
    )
    form = layout(CITING).model_copy(update={"notes": notes})
    assert notes_of(form, {"phone": "1", "on": ""}) == ("注：1. 用途。", "2. 电话。", "乙")
    assert notes_of(form, {}) == ("注：1. 用途。", "乙")
    assert {"phone", "on"} <= set(form.places()), "a place that nothing fills is found in a note too"


def test_places_are_filled():
    addressee, blocks = filled(layout(BlockLayout(text="{who}：{what}")), Particulars({"who": "甲", "what": "乙"}))
    assert (addressee, [block.text for block in blocks]) == ("甲", ["甲：乙"])


def test_what_was_pasted_is_printed_without_what_no_font_draws():
    """Word's own line breaks and what a scanner's PDF has between words come into texts of steps by pasting."""
    pasted = "铲除\x0b重做\x02防水\x1f层\u2028试水\x7f\ufffe"
    lines = (LineLayout(label="要求", value="{what}"),)
    form = layout(BlockLayout(text="{what}"), BlockLayout(kind=BlockKind.TABLE, lines=lines))
    _, blocks = filled(form, Particulars({"who": "甲", "what": pasted}))
    assert [blocks[0].text, blocks[1].lines[0].value] == ["铲除\n重做防水层\n试水"] * 2


def test_a_provision_that_was_read_is_printed():
    stated = (Provision(key="nine", text="某法第九条", verified=True),)
    _, blocks = filled(layout(CITING, provisions=stated), Particulars({"who": "甲"}))
    assert blocks[0].text == "依据某法第九条，决定受理。"


def test_a_recalled_provision_of_the_form_is_never_printed():
    stated = (Provision(key="nine", text="某法第九条"),)
    _, blocks = filled(layout(CITING, provisions=stated), Particulars({"who": "甲"}))
    assert blocks[0].text == "决定受理。"
    assert "某法" not in text_of(blocks)


@pytest.mark.parametrize("verified", [True, False])
def test_the_same_holds_for_a_provision_that_the_matter_gives(verified: bool):
    given_by_the_limit = {"nine": Citation("某法第九条", verified)}
    _, blocks = filled(layout(CITING), Particulars({"who": "甲"}, provisions=given_by_the_limit))
    assert ("某法" in text_of(blocks)) is verified


def test_a_part_that_is_nothing_without_its_provision_is_left_out():
    stated = (Provision(key="nine", text="某法第九条"),)
    parts = (BlockLayout(heading="依据", text="{law.nine}"), BlockLayout(text="完。"))
    _, blocks = filled(layout(*parts, provisions=stated), Particulars({"who": "甲"}))
    assert [block.text for block in blocks] == ["完。"]


def test_a_recalled_provision_is_not_printed_in_a_table_either():
    stated = (Provision(key="nine", text="某法第九条"),)
    table = BlockLayout(kind=BlockKind.TABLE, lines=(LineLayout(label="依据", value="{law.nine}"),))
    _, blocks = filled(layout(table, provisions=stated), Particulars({"who": "甲"}))
    assert blocks[0].lines[0].value == ""


@given(text=st.text(min_size=1, max_size=60))
def test_whatever_a_person_wrote_is_taken_as_it_is(text: str):
    """Braces in a value are no places, and a value cannot bring a provision in."""
    parts = (BlockLayout(text="{what}"),)
    _, blocks = filled(layout(*parts), Particulars({"who": "甲", "what": "{law.nine}" + text}))
    assert blocks[0].text == "{law.nine}" + printed(text)


def test_a_part_is_left_out_where_its_particular_is_empty():
    part = BlockLayout(text="说明：{note}", when="note")
    assert filled(layout(part), Particulars({"who": "甲", "note": ""}))[1] == ()
    assert filled(layout(part), Particulars({"who": "甲", "note": "急"}))[1][0].text == "说明：急"


def test_a_place_that_nothing_fills_is_a_fault():
    with pytest.raises(KeyError):
        filled(layout(BlockLayout(text="{nobody}")), Particulars({"who": "甲"}))
