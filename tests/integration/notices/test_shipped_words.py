"""The words that come with the product are held to what packs are held to."""

import pytest

from zhicheng.ground.notices.checks import wording_faults
from zhicheng.ground.notices.choosing import words_for
from zhicheng.ground.notices.entries import WordingEntry
from zhicheng.ground.notices.loaded import read_shipped
from zhicheng.ground.notices.models import Channel
from zhicheng.ground.notices.registry import Topic, list_files, list_templates, template_of

SHIPPED = [row for file in list_files() for row in read_shipped(file)]


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: f"{row.template}-{row.process}-{row.step}-{row.channel}")
def test_every_wording_is_sound(row: WordingEntry) -> None:
    assert list(wording_faults(row, template_of(row.template))) == []
    assert row.text_zh != row.text_en


def test_nothing_is_said_twice() -> None:
    keys = [(row.template, row.process, row.step, row.channel) for row in SHIPPED]
    assert len(set(keys)) == len(keys)


def test_every_template_has_words_for_inbox_and_email(database: None) -> None:
    for template in list_templates():
        for channel in (Channel.INBOX, Channel.EMAIL):
            assert words_for(template.key, "", "", channel, "").text("en"), (template.key, channel)


def test_what_people_reported_can_be_told_by_text_message(database: None) -> None:
    assert words_for("reported_moved", "", "", Channel.SMS, "").text("zh-hans")
    assert template_of("reported_moved").topic is Topic.MATTERS
