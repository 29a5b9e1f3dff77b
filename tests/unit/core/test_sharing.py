"""Matters are shared out evenly, as far as roles allow, and always alike."""

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.sharing import shared_out

RECEIVERS = [7, 8, 9]
MATTERS = st.dictionaries(st.integers(1, 50), st.frozensets(st.sampled_from([7, 8, 9, 10])), max_size=20)


@given(MATTERS)
def test_every_matter_goes_to_somebody_able_or_is_left(matters: dict[int, frozenset[int]]) -> None:
    shares, left = shared_out(matters.items(), RECEIVERS)
    assert set(shares) | set(left) == set(matters)
    assert not set(shares) & set(left)
    assert all(receiver in matters[one] and receiver in RECEIVERS for one, receiver in shares.items())
    assert all(not matters[one] & set(RECEIVERS) for one in left)
    assert (shares, left) == shared_out(matters.items(), RECEIVERS)


@given(st.integers(0, 30))
def test_shares_differ_by_one_at_most(count: int) -> None:
    shares, _ = shared_out([(one, frozenset(RECEIVERS)) for one in range(count)], RECEIVERS)
    sizes = [list(shares.values()).count(one) for one in RECEIVERS]
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True), "whoever was named first gets the odd one"
