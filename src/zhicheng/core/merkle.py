"""One hash over many: the root that is published daily, and proofs that an entry is under it.

The tree of RFC 9162 §2.1 (and RFC 6962): SHA-256, a leaf is hashed behind 0x00 and a node behind 0x01, so
that no node can pass for a leaf; n leaves split at the largest power of two below n.

>>> leaves = [b"a", b"b", b"c"]
>>> root, proof = merkle_root(leaves), inclusion_proof(leaves, 2)
>>> verify_inclusion(b"c", 2, 3, proof, root), verify_inclusion(b"b", 2, 3, proof, root)
(True, False)
"""

from collections.abc import Sequence
from hashlib import sha256


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over `leaves` in their order; over none, SHA-256 of nothing.

    >>> merkle_root([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    return _root(leaves, 0, len(leaves)) if leaves else sha256().digest()


class RunningRoot:
    """The root over leaves that arrive one by one, in memory that grows with the logarithm of their number.

    >>> running = RunningRoot()
    >>> for leaf in [b"a", b"b", b"c"]:
    ...     running.add(leaf)
    >>> running.size, running.root() == merkle_root([b"a", b"b", b"c"])
    (3, True)
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        """The roots of the full trees so far, one for each 1 in the binary form of `size`, largest first."""

    def add(self, leaf: bytes) -> None:
        """Takes the next leaf: every full tree of the same height is joined, as a carry when counting."""
        joined, carry = _leaf(leaf), self.size
        while carry % 2:
            joined, carry = _node(self._peaks.pop(), joined), carry // 2
        self._peaks.append(joined)
        self.size += 1

    def root(self) -> bytes:
        """The root over the leaves so far; more may be added afterwards."""
        if not self._peaks:
            return merkle_root(())
        *left, right = self._peaks
        for peak in reversed(left):
            right = _node(peak, right)
        return right


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The sibling hashes from leaf `index` (from 0) up to the root. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    return tuple(_path(leaves, index, 0, len(leaves)))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` is number `index` of the `size` leaves under `root` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, _leaf(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = _node(sibling, found)
            while place % 2 == 0 and place != 0:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def _leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(start: int, stop: int) -> int:
    """Where the leaves from `start` to `stop` part: after the largest power of two below their number."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _root(leaves: Sequence[bytes], start: int, stop: int) -> bytes:
    if stop - start == 1:
        return _leaf(leaves[start])
    middle = _split(start, stop)
    return _node(_root(leaves, start, middle), _root(leaves, middle, stop))


def _path(leaves: Sequence[bytes], index: int, start: int, stop: int) -> list[bytes]:
    if stop - start == 1:
        return []
    middle = _split(start, stop)
    if index < middle:
        return [*_path(leaves, index, start, middle), _root(leaves, middle, stop)]
    return [*_path(leaves, index, middle, stop), _root(leaves, start, middle)]
