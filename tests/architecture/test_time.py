"""Time is asked for in one place, and names say what kind of time a field holds."""

import ast

import pytest
from django.apps import apps
from django.db import models

from architecture.source import Module, modules

CLOCK = "zhicheng.ground.clock"
ASKING = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate"}
NOT_OUR_TIME = ("zhicheng.runtime.",)
"""Processes measure how long they ran; no record depends on it."""
OURS = [model for model in apps.get_models() if model.__module__.startswith("zhicheng.")]


@pytest.mark.parametrize(
    "module", [one for one in modules() if one.name != CLOCK and not one.name.startswith(NOT_OUR_TIME)], ids=str
)
def test_nobody_asks_another_clock(module: Module):
    asked = [
        f"{module}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and _dotted(node) in ASKING and not _is_conversion(node, module)
    ]
    assert not asked


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_names_of_fields_say_what_kind_of_time_they_hold(model: type[models.Model]):
    kinds = {"_at": models.DateTimeField, "_on": models.DateField}
    assert not [
        f"{field} is named like a {kind.__name__} and is none"
        for field in model._meta.get_fields()
        for ending, kind in kinds.items()
        if field.name.endswith(ending) and not isinstance(field, kind)
    ]
    assert not [
        f"{field} holds a moment and is named like a date"
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField) and field.name.endswith("_on")
    ]


def _dotted(node: ast.Attribute) -> str:
    return ".".join(ast.unparse(node).split(".")[-2:])


def _is_conversion(node: ast.Attribute, module: Module) -> bool:
    """`timezone.localdate(moment)` converts a given moment; only without an argument it asks a clock."""
    calls = (call for call in ast.walk(module.tree) if isinstance(call, ast.Call) and call.func is node)
    return node.attr == "localdate" and any(call.args for call in calls)
