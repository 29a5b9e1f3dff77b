"""What others may use says what it means."""

import ast
import doctest
import importlib
from collections.abc import Iterator

import pytest

from architecture.source import Definition, Function, Module, modules

# What a framework calls by a name and with a meaning of its own needs no words of ours.
KNOWN_BY_THE_FRAMEWORK = {
    "Meta", "Media", "ready", "get_queryset", "clean", "handle", "get_absolute_url", "dispatch", "get", "post",
    "form_valid", "form_invalid", "get_context_data", "render", "resolve", "formfield", "deconstruct",
}  # fmt: skip
PURE = [module for module in modules() if module.name.startswith("zhicheng.core.")]


@pytest.mark.parametrize("module", [module for module in modules() if not module.is_migration], ids=str)
def test_everything_public_has_a_docstring(module: Module):
    bare = [f"{module}:{node.lineno} {node.name}" for node in _public(module.tree) if not ast.get_docstring(node)]
    if module.text.strip() and not ast.get_docstring(module.tree):
        bare.insert(0, f"{module}:1")
    assert not bare


@pytest.mark.parametrize("module", [module for module in modules() if ">>>" in module.text], ids=str)
def test_examples_hold(module: Module):
    results = doctest.testmod(importlib.import_module(module.name))
    assert results.attempted
    assert not results.failed


def test_every_module_of_the_core_has_an_example():
    without = [str(module) for module in PURE if _has_code(module) and ">>>" not in module.text]
    assert not without


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if not isinstance(node, Definition) or node.name.startswith("_") or node.name in KNOWN_BY_THE_FRAMEWORK:
            continue
        if not (isinstance(node, Function) and _is_overload_or_property_setter(node)):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node)


def _is_overload_or_property_setter(function: Function) -> bool:
    names = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any(name.endswith(("overload", ".setter")) for name in names)


def _has_code(module: Module) -> bool:
    return any(isinstance(node, Definition) for node in module.tree.body)
