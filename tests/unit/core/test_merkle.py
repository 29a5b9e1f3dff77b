from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.merkle import RunningRoot, inclusion_proof, merkle_root, verify_inclusion

trees = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, written as it stands there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = max(2**i for i in range(10) if 2**i < len(leaves))
    return sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_the_one_defined(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == by_definition(leaves)


@given(trees, st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, proof = merkle_root(leaves), inclusion_proof(leaves, index)
    assert len(proof) <= (len(leaves) - 1).bit_length()
    assert verify_inclusion(leaves[index], index, len(leaves), proof, root)
    assert not verify_inclusion(leaves[index] + b"x", index, len(leaves), proof, root)
    assert not verify_inclusion(leaves[index], index, len(leaves), proof, bytes(32))


@given(trees, st.data())
def test_a_proof_holds_for_one_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    leaves = [bytes([place]) + leaf for place, leaf in enumerate(leaves)]
    index, other = (data.draw(st.integers(0, len(leaves) - 1)) for _ in range(2))
    root, proof = merkle_root(leaves), inclusion_proof(leaves, index)
    assert verify_inclusion(leaves[index], other, len(leaves), proof, root) is (index == other)


@given(trees, st.data())
def test_a_damaged_proof_fails(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, proof = merkle_root(leaves), list(inclusion_proof(leaves, index))
    assert not verify_inclusion(leaves[index], index, len(leaves), [*proof, bytes(32)], root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        damaged = [*proof[:place], bytes(32), *proof[place + 1 :]]
        assert not verify_inclusion(leaves[index], index, len(leaves), damaged, root)
        assert not verify_inclusion(leaves[index], index, len(leaves), proof[:-1], root)


@given(trees, st.data())
def test_the_root_notices_any_change_removal_or_swap(leaves: list[bytes], data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, len(leaves) - 1)) for _ in range(2))
    changed = [leaf + b"x" if place == one else leaf for place, leaf in enumerate(leaves)]
    swapped = list(leaves)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    root = merkle_root(leaves)
    assert merkle_root(changed) != root
    assert merkle_root(leaves[:one] + leaves[one + 1 :]) != root
    assert (merkle_root(swapped) == root) is (swapped == leaves)


def test_a_proof_does_not_hold_for_a_smaller_tree() -> None:
    leaves = [b"a", b"b"]
    root, proof = merkle_root(leaves), inclusion_proof(leaves, 1)
    assert verify_inclusion(b"b", 1, 2, proof, root)
    assert not verify_inclusion(b"b", 0, 1, proof, root)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    left, right = (sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert merkle_root([left + right]) != merkle_root([b"a", b"b"])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_places_outside_the_tree(index: int, size: int) -> None:
    leaves = [b"a", b"b", b"c"][:size]
    with pytest.raises(IndexError, match=f"leaf {index} of {size}"):
        inclusion_proof(leaves, index)
    assert not verify_inclusion(b"a", index, size, (), merkle_root(leaves))


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_of_a_stream_is_the_root_of_the_list(leaves: list[bytes]) -> None:
    running = RunningRoot()
    for count, leaf in enumerate(leaves):
        assert running.root() == merkle_root(leaves[:count])
        running.add(leaf)
    assert (running.size, running.root()) == (len(leaves), merkle_root(leaves))
