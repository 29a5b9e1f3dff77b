from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.chain import GENESIS, Break, Entry, Head, Reason, chain_hash, verify_chain

bodies = st.lists(st.binary(max_size=20), min_size=1, max_size=12)


def chain(bodies: list[bytes]) -> list[Entry]:
    entries, previous = [], GENESIS
    for number, body in enumerate(bodies, start=1):
        previous = chain_hash(previous, body)
        entries.append(Entry(number, body, previous))
    return entries


def heads(entries: list[Entry]) -> list[Head]:
    return [Head(entry.number, entry.hash) for entry in entries]


def change_a_byte(data: st.DataObject, whole: bytes) -> bytes:
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[place] ^ data.draw(st.integers(1, 255))
    return whole[:place] + bytes([flipped]) + whole[place + 1 :]


def test_the_hash_is_sha_256_of_the_previous_hash_and_the_body() -> None:
    first = chain_hash(GENESIS, b"opened")
    assert bytes(32) == GENESIS
    assert first == sha256(bytes(32) + b"opened").digest()
    assert chain_hash(first, b"closed") == sha256(first + b"closed").digest()


@pytest.mark.parametrize("previous", [b"", bytes(31), bytes(33)])
def test_the_previous_hash_has_32_bytes(previous: bytes) -> None:
    with pytest.raises(ValueError, match=f"the previous hash has {len(previous)} bytes, expected 32"):
        chain_hash(previous, b"body")


@given(bodies, st.data())
def test_a_whole_chain_holds_with_any_of_its_heads(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain(bodies)
    assert verify_chain(entries) is None
    assert verify_chain(entries, data.draw(st.lists(st.sampled_from(heads(entries))))) is None


@given(bodies, st.data())
def test_any_changed_byte_of_a_body_is_found_where_it_is(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain([*bodies, b"last"])
    place = data.draw(st.sampled_from([i for i, entry in enumerate(entries) if entry.body]))
    entries[place] = replace(entries[place], body=change_a_byte(data, entries[place].body))
    assert verify_chain(entries) == Break(place + 1, Reason.CHANGED)


@given(bodies, st.data())
def test_any_changed_byte_of_a_hash_is_found_where_it_is(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain(bodies)
    place = data.draw(st.integers(0, len(entries) - 1))
    entries[place] = replace(entries[place], hash=change_a_byte(data, entries[place].hash))
    assert verify_chain(entries) == Break(place + 1, Reason.CHANGED)


@given(bodies, st.data())
def test_an_entry_taken_out_is_missing(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain([*bodies, b"last"])
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place]
    assert verify_chain(entries) == Break(place + 1, Reason.MISSING)


@given(bodies, st.data())
def test_an_entry_taken_out_is_found_though_the_rest_is_renumbered(
    bodies: list[bytes], data: st.DataObject
) -> None:
    entries = chain([*bodies, b"last"])
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place]
    renumbered = [replace(entry, number=number) for number, entry in enumerate(entries, start=1)]
    assert verify_chain(renumbered) == Break(place + 1, Reason.CHANGED)


@given(bodies, st.data())
def test_swapped_entries_are_reordered(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain([*bodies, b"last"])
    one, other = sorted(data.draw(st.permutations(range(len(entries))))[:2])
    entries[one], entries[other] = entries[other], entries[one]
    assert verify_chain(entries) == Break(one + 1, Reason.REORDERED)


@given(bodies, st.data())
def test_swapped_entries_are_found_though_they_keep_their_numbers(
    bodies: list[bytes], data: st.DataObject
) -> None:
    entries = chain([*bodies, b"last"])
    one, other = sorted(data.draw(st.permutations(range(len(entries))))[:2])
    first, second = entries[one], entries[other]
    entries[one], entries[other] = replace(second, number=first.number), replace(first, number=second.number)
    assert verify_chain(entries) == Break(one + 1, Reason.CHANGED)


@given(bodies, st.data())
def test_a_doubled_entry_is_found(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain(bodies)
    place = data.draw(st.integers(0, len(entries) - 1))
    entries.insert(place, entries[place])
    found = verify_chain(entries)
    assert found is not None
    assert found.number == place + 2


@given(bodies, st.data())
def test_a_cut_tail_is_found_by_a_head_and_only_by_a_head(bodies: list[bytes], data: st.DataObject) -> None:
    entries = chain(bodies)
    kept = data.draw(st.integers(0, len(entries) - 1))
    assert verify_chain(entries[:kept]) is None
    assert verify_chain(entries[:kept], heads(entries)[-1:]) == Break(kept + 1, Reason.CUT)


@given(bodies, st.data())
def test_a_chain_written_anew_is_found_at_the_first_head_it_breaks(
    bodies: list[bytes], data: st.DataObject
) -> None:
    entries = chain(bodies)
    place = data.draw(st.integers(0, len(bodies) - 1))
    forged = chain([*bodies[:place], bodies[place] + b"!", *bodies[place + 1 :]])
    known = data.draw(st.lists(st.sampled_from(heads(entries))))
    broken = [head.number for head in known if head.number > place]
    assert verify_chain(forged) is None
    assert verify_chain(forged, known) == (Break(min(broken), Reason.CHANGED) if broken else None)


def test_a_contradicting_pair_of_heads_fails_in_any_order() -> None:
    entries = chain([b"opened"])
    good, bad = Head(1, entries[0].hash), Head(1, bytes(32))
    assert verify_chain(entries, [good, bad]) == Break(1, Reason.CHANGED)
    assert verify_chain(entries, [bad, good]) == Break(1, Reason.CHANGED)


def test_an_empty_chain_holds_unless_a_head_says_otherwise() -> None:
    assert verify_chain([]) is None
    assert verify_chain([], [Head(1, bytes(32))]) == Break(1, Reason.CUT)
