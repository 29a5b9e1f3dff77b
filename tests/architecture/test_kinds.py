"""Every kind of case fits its tables, and a category says by itself which kinds it may lead to."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES, KINDS, kind_of, kinds_for
from zhicheng.ground.proceedings.timing import limit_name

EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


@EVERY
def test_the_versions_are_of_one_key_and_domain_and_follow_each_other(kind: CaseKind):
    assert {(one.key, one.domain) for one in kind.versions} == {(kind.key, kind.domain)}
    ends = [one.until for one in kind.versions]
    assert [*ends[:-1]] == [one.in_force for one in kind.versions[1:]]
    assert ends[-1] is None


@EVERY
def test_the_step_bar_runs_through_states_of_every_version_to_an_ending(kind: CaseKind):
    for version in kind.versions:
        states = [version.state(key) for key in kind.path]
        assert states[0] == version.initial
        assert not states[-1].is_open


@EVERY
def test_every_clock_has_words(kind: CaseKind):
    clocks = {limit_name(rule.limit) for version in kind.versions for rule in version.clocks}
    assert clocks <= set(kind.limits)


@EVERY
def test_follow_ups_follow_steps_that_exist(kind: CaseKind):
    verbs = {step.verb for version in kind.versions for step in version.steps}
    assert set(kind.follow_ups) <= verbs


@EVERY
def test_a_kind_is_found_by_its_key_and_its_catalogue(kind: CaseKind):
    assert kind_of(kind.key) is kind
    for catalogue in kind.categories:
        assert kind in kinds_for(catalogue)
        assert len({one.domain for one in kinds_for(catalogue)}) == 1


def test_an_unknown_kind_is_named():
    with pytest.raises(LookupError, match="'lifts'"):
        kind_of("lifts")


def test_the_codes_of_categories_are_unique_among_all_catalogues():
    packs = files("zhicheng") / "packs"
    national = files("zhicheng") / "law" / "terms.csv"
    for pack in packs.iterdir():
        tables = [table for table in (pack / "terms.csv", national) if table.is_file()]
        rows = [row for table in tables for row in csv.DictReader(table.read_text("utf-8").splitlines())]
        codes = Counter(row["code"] for row in rows if row["catalogue"] in CATALOGUES)
        assert [code for code, count in codes.items() if count > 1] == [], pack.name
