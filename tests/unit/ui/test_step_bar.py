"""Where a way stands, said in one line on a phone."""

import pytest
from django.template import engines
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from zhicheng.ground.ui.templatetags.house import standing_at


def way(*states: str) -> list[dict[str, str]]:
    return [{"label": f"m{place}", "state": state, "when": ""} for place, state in enumerate(states, start=1)]


@pytest.mark.parametrize(
    ("states", "place"),
    [
        (("done", "wrong", "current", "next"), 3),
        (("done", "wrong"), 2),
        (("current", "next"), 1),
        (("done", "done"), 2),
        (("done", "next"), 1),
        (("next", "next"), 0),
    ],
)
def test_a_way_stands_at_one_place(states: tuple[str, ...], place: int) -> None:
    assert standing_at(way(*states)) == place
    with override("en"):
        bar = CottonCompiler().process('<c-step-bar :steps="steps" />')
        text = engines["django"].from_string(bar).render({"steps": way(*states)})
    assert text.count("zc-steps-summary") == bool(place)
    assert (f"Step {place} of {len(states)} · <strong>m{place}</strong>" in text) is bool(place)
    assert text.count("aria-current") == states.count("current")
