"""Hadamard matrices: rows of +1 and −1 of which any two agree in exactly half of their places.

They balance half-samples (BRR). SciPy has those of orders that are powers of two; Paley's constructions give the
orders between, so that fewer replicates do.

>>> hadamard_of(3).tolist()
[[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
>>> [len(hadamard_of(needed)) for needed in (1, 4, 9, 13, 21, 33, 45)]
[1, 4, 12, 16, 24, 36, 48]
"""

from math import isqrt

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import hadamard

Signs = NDArray[np.int64]


def hadamard_of(least: int) -> Signs:
    """The smallest Hadamard matrix known here with `least` (1 or more) rows or more; its first row is all +1.

    Orders 1, 2 and multiples of 4 made from powers of two, from primes q ≡ 3 mod 4 (order q + 1) and q ≡ 1 mod 4
    (order 2q + 2), and by doubling. Source: Paley 1933, Journal of Mathematics and Physics 12:311.
    """
    order = least
    while (found := _of_order(order)) is None:
        order += 1
    # Signs of columns are free; with them the first row is made +1.
    turned: Signs = found * found[0]
    return turned


def _of_order(order: int) -> Signs | None:
    if order & (order - 1) == 0:
        return np.asarray(hadamard(order), dtype=np.int64)
    if order % 4:
        return None
    if _is_prime(order - 1):
        return _paley_one(order - 1)
    half = order // 2
    if half % 2 == 0 and _is_prime(half - 1) and (half - 1) % 4 == 1:
        return _paley_two(half - 1)
    smaller = _of_order(half)
    return None if smaller is None else np.kron(np.array([[1, 1], [1, -1]]), smaller)


def _paley_one(q: int) -> Signs:
    """Order q + 1 for a prime q ≡ 3 mod 4."""
    bordered = np.zeros((q + 1, q + 1), dtype=np.int64)
    bordered[0, 1:], bordered[1:, 0], bordered[1:, 1:] = 1, -1, _jacobsthal(q)
    return bordered + np.eye(q + 1, dtype=np.int64)


def _paley_two(q: int) -> Signs:
    """Order 2(q + 1) for a prime q ≡ 1 mod 4."""
    bordered = np.zeros((q + 1, q + 1), dtype=np.int64)
    bordered[0, 1:], bordered[1:, 0], bordered[1:, 1:] = 1, 1, _jacobsthal(q)
    return np.kron(bordered, [[1, 1], [1, -1]]) + np.kron(np.eye(q + 1, dtype=np.int64), [[1, -1], [-1, -1]])


def _jacobsthal(q: int) -> Signs:
    """1 where the difference of row and column is a square modulo q, −1 where not, 0 on the diagonal."""
    character = np.full(q, -1, dtype=np.int64)
    character[[i * i % q for i in range(1, q)]] = 1
    character[0] = 0
    places = np.arange(q)
    return np.take(character, (places[:, None] - places) % q)


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, isqrt(number) + 1))
