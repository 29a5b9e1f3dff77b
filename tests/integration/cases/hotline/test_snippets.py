"""The hotline's knowledge: found by what is said, kept current, retired but not lost."""

from dataclasses import replace
from datetime import datetime

import pytest

from integration.cases.conftest import City
from zhicheng.cases.api import Snippet, retire_snippet, save_snippet, suggest_snippets
from zhicheng.core.access import Actor
from zhicheng.ground.ledger.api import list_entries


@pytest.fixture
def warranty(city: City, agent: Actor, now: datetime) -> Snippet:
    return save_snippet(
        snippet=None, area=city.town.parent, title="屋面防水保修期", text="屋面防水工程保修五年。",
        source="建设工程质量管理条例第四十条", by=agent, now=now, reviewed_on=now.date(),
    )  # fmt: skip


def test_it_is_offered_for_what_it_answers(warranty: Snippet, agent: Actor):
    assert suggest_snippets(agent, "请问屋面的保修期是多久") == [warranty]
    assert suggest_snippets(agent, "噪音扰民") == []
    assert suggest_snippets(replace(agent, reaches=()), "保修期") == []


def test_the_best_answer_stands_first(warranty: Snippet, city: City, agent: Actor, now: datetime):
    wider = save_snippet(
        snippet=None, area=city.town.parent, title="保修", text="其他保修。", source="", by=agent, now=now,
        reviewed_on=now.date(),
    )  # fmt: skip
    assert suggest_snippets(agent, "屋面防水保修期") == [warranty, wider]


def test_revising_keeps_one_snippet_and_finds_the_new_words(warranty: Snippet, agent: Actor, now: datetime):
    revised = save_snippet(
        snippet=warranty, area=warranty.area, title="墙面渗漏", text="外墙面防渗漏五年。", source="", by=agent,
        now=now, reviewed_on=now.date(),
    )  # fmt: skip
    assert revised.pk == warranty.pk
    assert suggest_snippets(agent, "墙面渗漏怎么办") == [warranty]
    assert suggest_snippets(agent, "屋面") == []


def test_a_retired_snippet_is_kept_but_not_offered(warranty: Snippet, agent: Actor, now: datetime):
    for _ in range(2):
        retire_snippet(snippet=warranty, by=agent, now=now, on=now.date())
    assert suggest_snippets(agent, "屋面防水保修期") == []
    assert Snippet.objects.get(pk=warranty.pk).retired_on == now.date()
    assert [entry.act for entry in list_entries(("snippet", warranty.pk))] == ["snippet.add", "snippet.retire"]
