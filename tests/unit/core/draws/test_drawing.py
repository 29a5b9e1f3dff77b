from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.commitment import commit
from zhicheng.core.draws.drawing import Drawn, Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.targets import targets
from zhicheng.core.refused import Refused

rosters = st.lists(
    st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from(["食品", "工业"]), st.integers(0, 20).map(str)),
    max_size=16,
)


def inputs(roster, n, *, per_visit=0, staff=(), **more) -> Inputs:
    tables = [
        Table("roster", [list(row) for row in roster]),
        Table("inspectors", list(staff)),
        Table("conflicts", []),
    ]
    return Inputs(*tables, plan=Plan("plan", {"n": n, "inspectors_per_visit": per_visit, **more}))


def orders(drawn: Drawn) -> dict[str, list[str]]:
    return {stratum.stratum: [*stratum.selected, *stratum.reserve] for stratum in drawn.strata}


@given(rosters, st.integers(0, 9), st.text("0123456789abcdefABCDEF", max_size=8))
def test_a_draw_has_no_duplicates_and_the_size_asked_for(roster: list, n: int, randomness: str) -> None:
    drawn = draw(inputs(roster, {"食品": n, "工业": 1}), randomness)
    for stratum in drawn.strata:
        listed = [*stratum.selected, *stratum.reserve]
        assert len(set(listed)) == len(listed)
        positive = {unit for unit, where, size in roster if where == stratum.stratum and int(size)}
        asked = {"食品": n, "工业": 1}[stratum.stratum]
        assert len(stratum.selected) == min(asked, len(listed))
        if asked:
            assert set(listed) >= {unit for unit in positive if _last_size(roster, unit, stratum.stratum)}


def _last_size(roster: list, unit: str, stratum: str) -> int:
    return [int(size) for each, where, size in roster if (each, where) == (unit, stratum)][-1]


@given(rosters, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_plays_no_part(roster: list, random) -> None:
    once = list({(unit, stratum): (unit, stratum, size) for unit, stratum, size in roster}.values())
    first = draw(inputs(once, {"食品": 3, "工业": 2}), "00")
    second = draw(inputs(random.sample(once, len(once)), {"工业": 2, "食品": 3}), "00")
    assert first.document() == second.document()


def test_randomness_may_be_of_either_case() -> None:
    roster = [("A", "食品", "1"), ("B", "食品", "1")]
    assert (
        draw(inputs(roster, {"食品": 1}), "aBcD").document()
        == draw(inputs(roster, {"食品": 1}), "ABCD").document()
    )


def test_everything_changes_with_the_plan_and_nothing_with_a_stratum_without_units() -> None:
    roster = [(unit, "食品", "1") for unit in "ABCDEFGH"]
    one, two = draw(inputs(roster, {"食品": 1}), "00"), draw(inputs(roster, {"食品": 1}, note="second try"), "00")
    assert one.seed != two.seed
    assert one.commitment.roster == two.commitment.roster
    empty = draw(inputs(roster, {"无": 5, "食品": 1}), "00")
    assert list(orders(empty)) == ["食品"]


def test_a_unit_of_two_strata_has_one_ticket_and_one_visit() -> None:
    drawn = draw(inputs([("A", "食品", "1"), ("A", "工业", "1")], {"食品": 1, "工业": 1}), "00")
    assert drawn.selected == ["A", "A"]
    assert drawn.assignment == {"A": []}
    assert len({ticket["u_hex"] for ticket in drawn.tickets()}) == 1


def test_where_nothing_is_drawn_nobody_is_asked_for() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 0}, per_visit="many"), "00")
    assert (drawn.selected, drawn.assignment, list(drawn.tickets())) == ([], {}, [])


def test_what_cannot_be_assigned_is_drawn_all_the_same() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 1}, per_visit=1), "00")
    assert (drawn.selected, drawn.assignment) == (["A"], None)


def test_sizes_too_long_to_write_are_told() -> None:
    roster = [("A", "食品", "1e5000"), ("B", "食品", "1")]
    with pytest.raises(Refused, match="stratum “食品”: the sizes have so many digits"):
        draw(inputs(roster, {"食品": 1}), "00")


def test_sm3_is_named_by_every_hash() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 1}), "00", Algorithm.SM3)
    assert list(drawn.document())[:5] == ["frame_sm3", "inspectors_sm3", "conflicts_sm3", "plan_sm3", "commitment"]
    plain = draw(inputs([("A", "食品", "1")], {"食品": 1}), "00")
    assert drawn.seed != plain.seed


def lot(*fields: str) -> str:
    return sha256("\x1f".join(fields).encode()).hexdigest()


def test_a_draw_step_by_step() -> None:
    """Three of one size, one drawn: whoever has the lowest lot; then the lots of the inspectors for that visit."""
    staff = [["执01", "1"], ["执02", "1"], ["执03", "1"]]
    given_ = inputs([(unit, "食品", "2") for unit in "ABC"], {"食品": 1}, per_visit=2, staff=staff)
    drawn = draw(given_, "4F3C")
    seed = lot("seed", commit(given_).commitment, "4f3c")
    first, *others = sorted("ABC", key=lambda unit: lot(seed, "E", unit))
    visitors = sorted(["执01", "执02", "执03"], key=lambda each: lot(seed, "I", first, each))
    assert drawn.document() == {
        **commit(given_).document(),
        "seed": seed,
        "selected": [first],
        "assignment": {first: visitors[:2]},
        "tickets": [
            {"stratum": "食品", "id": unit, "lam": "1/3", "u_hex": lot(seed, "E", unit), "rank": rank,
             "selected": rank == 1}
            for rank, unit in enumerate([first, *others], start=1)
        ],
    }  # fmt: skip
    assert list(drawn.head()) == [*commit(given_).document(), "seed", "selected", "assignment"]


@given(rosters, st.integers(0, 5), st.integers(0, 5))
def test_tickets_are_ranked_in_each_stratum_and_the_first_are_selected(
    roster: list, food: int, works: int
) -> None:
    drawn = draw(inputs(roster, {"食品": food, "工业": works}), "00")
    tickets = list(drawn.tickets())
    assert [ticket["id"] for ticket in tickets if ticket["selected"]] == drawn.selected
    assert [stratum.stratum for stratum in drawn.strata] == sorted({row[1] for row in roster})
    for stratum in drawn.strata:
        own = [ticket for ticket in tickets if ticket["stratum"] == stratum.stratum]
        assert [ticket["rank"] for ticket in own] == [*range(1, len(own) + 1)]
        assert [ticket["id"] for ticket in own] == orders(drawn)[stratum.stratum]
        assert sum(ticket["selected"] for ticket in own) == stratum.taken == len(stratum.selected)
        assert all(ticket["u_hex"] == lot(drawn.seed, "E", ticket["id"]) for ticket in own)


@given(rosters, st.integers(0, 5))
def test_shares_of_a_stratum_are_those_of_its_sizes(roster: list, n: int) -> None:
    drawn = draw(inputs(roster, {"食品": n, "工业": 2}), "00")
    for stratum in drawn.strata:
        sizes = {unit: int(size) for unit, where, size in roster if where == stratum.stratum}
        shared = targets(list(sizes.values()), {"食品": n, "工业": 2}[stratum.stratum])
        likely = {unit: shared.texts[place] for unit, place in zip(sizes, shared.which, strict=True)}
        assert {ticket["id"]: ticket["lam"] for ticket in stratum.tickets()} == {
            unit: lam for unit, lam in likely.items() if lam != "0"
        }


@pytest.mark.parametrize(("count", "taken"), [(-1, 0), (0, 0), (1, 1), (3, 3), (4, 3), (10**30, 3), (True, 1)])
def test_no_more_are_taken_than_there_are(count: int, taken: int) -> None:
    drawn = draw(inputs([(unit, "食品", "1") for unit in "ABC"], {"食品": count}), "00")
    assert len(drawn.selected) == taken
    assert len(orders(drawn)["食品"]) == (3 if taken else 0)


def test_who_has_no_size_neither_is_drawn_nor_waits() -> None:
    drawn = draw(inputs([("A", "食品", "0"), ("B", "食品", "1"), ("C", "食品", "2")], {"食品": 1}), "00")
    assert sorted(orders(drawn)["食品"]) == ["B", "C"]


@pytest.mark.parametrize("key", ["n", "inspectors_per_visit"])
def test_a_plan_that_lacks_something_is_refused_even_where_nothing_is_drawn(key: str) -> None:
    given_ = inputs([], {})
    del given_.plan.content[key]
    with pytest.raises(Refused, match=f"“{key}” is missing"):
        draw(given_, "00")


@pytest.mark.parametrize(
    ("rows", "told"), [([["执01", "many"]], "max_visits is “many”"), ([["执01"]], "“max_visits” is")]
)
def test_inspectors_are_read_even_where_nobody_is_needed(rows: list[list[str]], told: str) -> None:
    """So that a draw of nothing is no way to commit to what cannot be run."""
    with pytest.raises(Refused, match=told):
        draw(inputs([], {}, staff=rows), "00")


def test_randomness_is_any_text() -> None:
    roster = [(unit, "食品", "1") for unit in "ABCDEF"]
    seeds = {
        draw(inputs(roster, {"食品": 1}), each).seed for each in ("", "0", "00", "0x00", "双色球", " 00", "00 ")
    }
    assert len(seeds) == 7


def test_a_hash_may_be_named_by_its_text() -> None:
    given_ = inputs([("A", "食品", "2"), ("B", "食品", "1")], {"食品": 1}, per_visit=1, staff=[["执01", "1"]])
    assert draw(given_, "4f", "sm3").document() == draw(given_, "4f", Algorithm.SM3).document()
    with pytest.raises(Refused, match="“algorithm” is “SHA-256”; expected one of sha256, sm3"):
        draw(given_, "4f", "SHA-256")
