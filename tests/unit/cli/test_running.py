"""`zhicheng run` serves what was built last."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
import typer

from zhicheng.cli import running
from zhicheng.runtime.services import WebOptions


def test_styles_and_scripts_are_gathered_before_anything_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def serve(web: WebOptions, *, on_ready: Callable[[], None]) -> int:
        done.append("served")
        return 3

    monkeypatch.setattr(running, "start_django", lambda: done.append("settings"))
    monkeypatch.setattr(running, "_alone", lambda web: nullcontext())
    monkeypatch.setattr(running, "collect_static", lambda report: done.append("static"))
    monkeypatch.setattr(running, "serve", serve)
    with pytest.raises(typer.Exit) as ended:
        running.run()
    assert done == ["settings", "static", "served"]
    assert ended.value.exit_code == 3
