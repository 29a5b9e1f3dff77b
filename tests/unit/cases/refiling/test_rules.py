"""Correcting a category and re-filing a matter: who may, where in each table, and what is refused."""

from datetime import date
from typing import Any

import pytest

from unit.cases.playing import FACTS, Play
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES as CATALOGUES_OF_KINDS
from zhicheng.cases.kinds import KINDS as KINDS_OF_CASES
from zhicheng.cases.refiling.rules import CATALOGUES, CATEGORIES, KINDS, REFILED
from zhicheng.core.access import OUTSIDE, Role
from zhicheng.core.process import Process, Purpose, Step, purpose_of

TABLES = [(kind, version) for kind in KINDS_OF_CASES for version in kind.versions]
EVERY = pytest.mark.parametrize(("kind", "table"), TABLES, ids=[f"{k.key} {v.version}" for k, v in TABLES])
EARLY = {
    "housing_quality": {"received", "accepted"},
    "engineering_quality": {"received", "accepted"},
    "market_complaint": {"received", "awaiting"},
    "market_report": {"received", "verifying"},
    "tourism_complaint": {"received"},
    "agricultural_product": {"received", "checking"},
    "hazard": {"reported", "checking"},
}
"""Where a matter may still become another: before what its law calls acceptance, filing, order or sample."""


def steps(table: Process, verb: str) -> dict[str, Step]:
    """The states in which the table has a step, with it."""
    return {state.key: step for state in table.states if (step := table.step(state.key, verb))}


def play(table: Process, **facts: Any) -> Play:
    return Play(table, facts={**FACTS, **facts})


def test_it_knows_every_kind_and_every_catalogue() -> None:
    assert tuple((kind.key, kind.label) for kind in KINDS_OF_CASES) == KINDS
    assert set(CATALOGUES) == set(CATALOGUES_OF_KINDS)
    for catalogue, _, kinds in CATEGORIES:
        assert kinds == {kind.key for kind in KINDS_OF_CASES if catalogue in kind.categories}


@EVERY
def test_a_category_is_corrected_wherever_the_matter_is_in_hand(kind: CaseKind, table: Process) -> None:
    found = steps(table, "revise")
    assert set(found) == {state.key for state in table.states if state.is_open}
    for step in found.values():
        assert step.move.target is None
        assert step.roles == {Role.CLERK, Role.OFFICER, Role.CALLER}
        (category,) = (need for need in step.needs if need.key == "category")
        assert category.catalogues == kind.categories


@EVERY
def test_a_matter_becomes_another_only_before_anything_is_decided(kind: CaseKind, table: Process) -> None:
    found = steps(table, "refile")
    assert set(found) == EARLY[kind.key]
    for state, step in found.items():
        assert step.target == REFILED
        assert step.roles.isdisjoint(OUTSIDE | {Role.LEADER})
        assert (step.grave, step.is_owed, step.internal) == (True, True, False)
        assert purpose_of(table, state, step) is Purpose.OTHERS


@EVERY
def test_the_hotline_re_files_only_what_nobody_has_taken_up(kind: CaseKind, table: Process) -> None:
    hotline = {state for state, step in steps(table, "refile").items() if Role.CALLER in step.roles}
    assert hotline == {table.initial.key}
    assert all({Role.CLERK, Role.OFFICER} <= step.roles for step in steps(table, "refile").values())


@EVERY
def test_it_becomes_any_kind_but_its_own(kind: CaseKind, table: Process) -> None:
    (choice,) = (need for need in steps(table, "refile")[table.initial.key].needs if need.key == "kind")
    assert {code for code, _ in choice.choices} == {one.key for one in KINDS_OF_CASES} - {kind.key}


@EVERY
def test_both_keep_the_old_category_and_a_reason_that_no_company_reads(kind: CaseKind, table: Process) -> None:
    for verb in ("revise", "refile"):
        step = steps(table, verb)[table.initial.key]
        assert [need.key for need in step.recalls] == ["category_was"]
        (reason,) = (need for need in step.needs if need.key == "reason")
        assert (reason.required, reason.confidential, reason.between_bodies) == (True, True, False)


@EVERY
def test_the_category_it_has_is_no_correction(kind: CaseKind, table: Process) -> None:
    held = play(table, category="leak")
    assert held.refused_field("revise", Role.CLERK, category="leak", reason="x") == "category"
    assert held.said("revise", Role.CLERK, category="crack", reason="x") is None


@EVERY
def test_a_case_holds_one_matter_of_a_kind_at_a_time(kind: CaseKind, table: Process) -> None:
    other = next(key for key, _ in KINDS if key != kind.key)
    held = play(table, in_hand=frozenset({kind.key, other}))
    given = {"kind": other, "category": "crane", "reason": "x"}
    assert held.refused_field("refile", Role.CLERK, **given) == "kind"
    assert play(table).take("refile", Role.CLERK, **given).ended


@EVERY
def test_nobody_outside_and_no_leader_puts_it_right(kind: CaseKind, table: Process) -> None:
    for role in (Role.REPORTER, Role.COMPANY, Role.LEADER, Role.ASSISTING):
        assert {"revise", "refile"}.isdisjoint(play(table).offered(role))
    for role in (Role.CLERK, Role.OFFICER, Role.CALLER):
        assert {"revise", "refile"} <= play(table).offered(role)


def test_after_acceptance_a_mediation_is_ended_and_not_re_filed() -> None:
    (table,) = (one for kind, one in TABLES if kind.key == "market_complaint" and one.until is None)
    accepted = Play(table, on=date(2026, 5, 11), facts=dict(FACTS)).take("accept", Role.CLERK)
    assert "refile" not in accepted.offered(Role.OFFICER)
    assert "revise" in accepted.offered(Role.OFFICER)
