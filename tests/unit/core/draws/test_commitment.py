"""One hash binds four inputs: nothing of them can be exchanged afterwards, and nothing else plays a part."""

import json
from collections.abc import Callable
from dataclasses import astuple, replace
from hashlib import new, sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.commitment import Commitment, commit
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.inputs import Inputs
from zhicheng.core.draws.plan import Plan
from zhicheng.core.draws.tables import Table
from zhicheng.core.refused import Refused

ROSTER = [["A", "食品", "8"], ["B", "食品", "2/3"], ["C", "工业", "1", "branch"]]
STAFF = [["执01", "2"], ["执02", "3"]]
CONFLICTS = [["执01", "A"]]
PLAN = {"n": {"食品": 1, "工业": 1}, "inspectors_per_visit": 1}
PARTS = ("roster", "inspectors", "conflicts", "plan")

cells = st.text(st.sampled_from("ab1,é\u0301食"), max_size=3)
tables = st.lists(st.lists(cells, min_size=1, max_size=3), max_size=4)


def inputs() -> Inputs:
    tables = [
        Table(name, [list(row) for row in rows])
        for name, rows in zip(PARTS, (ROSTER, STAFF, CONFLICTS), strict=False)
    ]
    return Inputs(*tables, Plan("plan", json.loads(json.dumps(PLAN))))


def changed_parts(one: Inputs, other: Inputs) -> set[str]:
    """Which of the hashes differ between two commitments."""
    first, second = commit(one), commit(other)
    return {part for part in (*PARTS, "commitment") if getattr(first, part) != getattr(second, part)}


def test_it_is_the_hash_of_the_texts_that_are_specified() -> None:
    """As docs/reference/draws.md has it: a tab between cells, a newline after rows, U+001F between hashes."""
    texts = [
        "A\t食品\t8\nB\t食品\t2/3\nC\t工业\t1\tbranch\n",
        "执01\t2\n执02\t3\n",
        "执01\tA\n",
        '{"inspectors_per_visit":1,"n":{"工业":1,"食品":1}}',
    ]
    hashes = [sha256(text.encode()).hexdigest() for text in texts]
    over_all = sha256("\x1f".join(["verifiable-draw-v1", *hashes]).encode()).hexdigest()
    assert astuple(commit(inputs())) == (Algorithm.SHA256, *hashes, over_all)


def test_sm3_is_named_in_what_it_hashes() -> None:
    """Nobody can pass a commitment by one hash for a commitment by another."""
    found = commit(inputs(), Algorithm.SM3)
    parts = [found.roster, found.inspectors, found.conflicts, found.plan]
    named = "\x1f".join(["verifiable-draw-v1-sm3", *parts]).encode()
    assert found.commitment == new("sm3", named).hexdigest()
    assert set(astuple(found)).isdisjoint(astuple(commit(inputs())))


def test_hashes_are_published_under_the_name_of_their_algorithm() -> None:
    found = commit(inputs())
    assert found.document() == {
        "frame_sha256": found.roster,
        "inspectors_sha256": found.inspectors,
        "conflicts_sha256": found.conflicts,
        "plan_sha256": found.plan,
        "commitment": found.commitment,
    }
    assert list(found.document())[-1] == "commitment"
    assert [*commit(inputs(), Algorithm.SM3).document()][:4] == [
        "frame_sm3", "inspectors_sm3", "conflicts_sm3", "plan_sm3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("roster", lambda given: given.roster.rows.append(["D", "食品", "1"])),
        ("roster", lambda given: given.roster.rows.pop()),
        ("roster", lambda given: given.roster.rows[1].__setitem__(2, "0.666")),
        ("roster", lambda given: given.roster.rows[2].pop()),
        ("roster", lambda given: given.roster.rows.append([])),
        ("inspectors", lambda given: given.inspectors.rows[0].__setitem__(1, "02")),
        ("inspectors", lambda given: given.inspectors.rows[0].reverse()),
        ("conflicts", lambda given: given.conflicts.rows.clear()),
        ("conflicts", lambda given: given.conflicts.rows.append(["执01", "A"])),
        ("plan", lambda given: given.plan.content.update(inspectors_per_visit=1.0)),
        ("plan", lambda given: given.plan.content["n"].update(食品=True)),
        ("plan", lambda given: given.plan.content.update(note=None)),
    ],
)
def test_any_change_of_one_input_changes_its_hash_and_the_one_over_all(
    part: str, change: Callable[[Inputs], object]
) -> None:
    other = inputs()
    change(other)
    assert changed_parts(inputs(), other) == {part, "commitment"}


def test_tables_cannot_change_places() -> None:
    """The hashes are joined in a fixed order."""
    given_ = inputs()
    exchanged = replace(given_, inspectors=given_.conflicts, conflicts=given_.inspectors)
    assert changed_parts(given_, exchanged) == {"inspectors", "conflicts", "commitment"}


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_keys_plays_no_part(rows: list[list[str]], random) -> None:
    one = replace(inputs(), roster=Table("roster", rows))
    turned = {"inspectors_per_visit": 1, "n": {"工业": 1, "食品": 1}}
    other = replace(one, roster=Table("roster", random.sample(rows, len(rows))), plan=Plan("plan", turned))
    assert commit(one) == commit(other)


@given(tables, tables)
def test_two_tables_have_one_hash_only_if_they_have_one_canonical_text(one: list, other: list) -> None:
    first, second = Table("roster", one), Table("roster", other)
    hashes = [commit(replace(inputs(), roster=table)).roster for table in (first, second)]
    assert (hashes[0] == hashes[1]) == (first.canonical == second.canonical)


def test_names_of_files_and_heads_play_no_part() -> None:
    """Who saves the roster elsewhere, or calls its columns in Chinese, has the same roster."""
    elsewhere = Table("/tmp/名册.csv", inputs().roster.rows, head=("编号", "层", "规模"))
    renamed = replace(inputs(), roster=elsewhere, plan=Plan("plan2.json", inputs().plan.content))
    assert commit(renamed) == commit(inputs())


def test_nothing_at_all_has_a_commitment_too() -> None:
    nothing = Table("nothing", [])
    found = commit(Inputs(nothing, nothing, nothing, Plan("plan", {})))
    assert found.roster == found.inspectors == found.conflicts == sha256(b"").hexdigest()
    assert found.plan == sha256(b"{}").hexdigest()
    assert isinstance(found, Commitment)


@pytest.mark.parametrize("part", PARTS[:3])
def test_what_is_no_character_is_refused_before_anything_is_published(part: str) -> None:
    with pytest.raises(Refused, match=r"\\ud800.* holds half of a surrogate pair"):
        commit(replace(inputs(), **{part: Table(part, [["a\ud800"]])}))
    with pytest.raises(Refused, match=r"\\ud800.* holds half of a surrogate pair"):
        commit(replace(inputs(), plan=Plan("plan", {"a\ud800": 1})))


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_hash_may_be_named_by_its_text(algorithm: Algorithm) -> None:
    assert commit(inputs(), algorithm.value) == commit(inputs(), algorithm)


def test_a_hash_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="“algorithm” is “md5”; expected one of sha256, sm3"):
        commit(inputs(), "md5")
