"""Panels: in their order, and only where they have something to say."""

import pytest

from zhicheng.core.access import Actor
from zhicheng.ground.ui import panels
from zhicheng.ground.ui.panels import Panel, panels_for, register_panel

LI = Actor("user:1", "Li")


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})


def test_panels_appear_in_order_where_they_have_something_to_say() -> None:
    register_panel("site", Panel("late", "Late", "late.html", lambda actor, pk: {"pk": pk}, place=200))
    register_panel("site", Panel("silent", "Silent", "silent.html", lambda actor, pk: None))
    register_panel("site", Panel("early", "Early", "early.html", lambda actor, pk: {"who": actor.name}))
    shown = panels_for(("site", 7), LI)
    assert [(panel.key, panel.context) for panel in shown] == [("early", {"who": "Li"}), ("late", {"pk": 7})]
    assert panels_for(("product", 7), LI) == []


def test_a_panel_is_registered_once() -> None:
    panel = Panel("cases", "Cases", "cases.html", lambda actor, pk: None)
    register_panel("site", panel)
    register_panel("product", panel)
    with pytest.raises(ValueError, match="twice"):
        register_panel("site", panel)
