"""Every pair of colours that meets on a page, against WCAG 2.2: 4.5 for words, 3 for edges and marks."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STYLES = ROOT / "assets" / "styles"

TEXT = 4.5
MARK = 3.0

GROUNDS = ("paper", "paper-deep", "surface")
TONES = ("cinnabar", "jade", "amber")

PAIRS = [
    *[(ink, ground, TEXT) for ink in ("text", "text-muted") for ground in (*GROUNDS, "ink-50")],
    *[(ink, ground, TEXT) for ink in ("ink-600", "ink-700", "ink-800") for ground in GROUNDS],
    *[(f"{tone}-{step}", f"{tone}-50", TEXT) for tone in TONES for step in (600, 700)],
    *[(f"{tone}-600", ground, TEXT) for tone in TONES for ground in ("paper", "surface")],
    ("text", "cinnabar-50", TEXT),
    ("text", "jade-50", TEXT),
    ("text", "amber-50", TEXT),
    ("ink-800", "ink-100", TEXT),
    ("surface", "ink-700", TEXT),
    ("surface", "ink-800", TEXT),
    ("surface", "cinnabar-600", TEXT),
    ("ink-100", "ink-700", TEXT),
    ("line-strong", "surface", MARK),
    ("line-strong", "paper", MARK),
    ("ink-600", "paper", MARK),
]


def tokens() -> dict[str, str]:
    """The palette as `_tokens.scss` states it: name to six hexadecimal digits."""
    source = (STYLES / "_tokens.scss").read_text(encoding="utf-8")
    return dict(re.findall(r"^\$([a-z0-9-]+):\s*#([0-9a-f]{6});", source, re.MULTILINE))


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_published_extremes() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_can_be_read(front: str, ground: str, least: float) -> None:
    palette = tokens()
    assert contrast(palette[front], palette[ground]) >= least


def test_map_levels_are_ordered_from_light_to_dark() -> None:
    source = (STYLES / "_islands.scss").read_text(encoding="utf-8")
    levels = re.findall(r"\b([0-4]): #([0-9a-f]{6})", source)
    assert [level for level, _ in levels] == list("01234")
    shades = [luminance(colour) for _, colour in levels]
    assert shades == sorted(shades, reverse=True)
