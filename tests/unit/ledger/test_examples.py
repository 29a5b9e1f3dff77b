"""The examples in the docstrings of the parts of the ledger that need no database."""

import doctest

import pytest

from zhicheng.ground.ledger import comparison, heads


@pytest.mark.parametrize("module", [comparison, heads], ids=lambda one: one.__name__)
def test_examples(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.attempted > 0, result.failed) == (True, 0)
