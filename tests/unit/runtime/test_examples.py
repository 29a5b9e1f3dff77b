import doctest
import importlib

import pytest

MODULES = ("database_url", "restart", "supervise", "doctor.finding")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    results = doctest.testmod(importlib.import_module(f"zhicheng.runtime.{name}"))
    assert results.attempted > 0
    assert results.failed == 0
