"""Whatever the browser may have to say of a draw stands in the page, and nothing that it never says."""

import re
from pathlib import Path

from unit.assets.draws.asking import ROOT, ask
from unit.assets.draws.sample import sample, written
from zhicheng.portal import redrawing

CODE = ROOT / "assets" / "draws"
TEMPLATES = Path(redrawing.__file__).parent / "templates" / "portal"
SAID = re.compile(r'\bsay\((?:summary === )?"([a-z.-]+)"')
TOLD = re.compile(r'\b(?:note|new Refusal)\((?:[^"()]*\? )?"([a-z0-9-]+)"(?: : "([a-z0-9-]+)")?')
REFUSED = re.compile(r'\brefuse\("(note\.[a-z-]+)"')
PATTERNED = ("summary.", "stage.", "name.")
"""Begins the names that are put together from values of a type."""


def code() -> str:
    """All of the verifier's code."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(CODE.glob("*.ts")))


def told() -> set[str]:
    """The names of all sentences that the code names."""
    found = {f"note.{name}" for names in TOLD.findall(code()) for name in names if name}
    plain = {name for name in SAID.findall(code()) if not name.startswith(PATTERNED)}
    return found | plain | set(REFUSED.findall(code())) | {"note.too-large"}


def worded() -> set[str]:
    """The names of all sentences in the page."""
    text = (TEMPLATES / "_redraw_words.html").read_text(encoding="utf-8")
    return set(re.findall(r'data-word="([^"]+)"', text))


def test_every_sentence_is_there_and_none_is_left_over() -> None:
    assert {name for name in worded() if not name.startswith(PATTERNED)} == told()
    assert {"note.size-differs", "note.pairs-possible", "note.missing-files", "between"} <= told()


def test_every_stage_has_its_words() -> None:
    stages = re.search(r"export type Stage = (.*);", code())
    assert stages is not None
    assert {name for name in worded() if name.startswith("stage.")} == {
        f"stage.{name}" for name in re.findall(r'"([a-z]+)"', stages[1])
    }


def test_the_page_has_a_place_for_every_line_in_its_order() -> None:
    found = ask(ask="verify", bundle=written(sample()))["answer"]
    assert [line.name for line in redrawing.LINES] == [check["name"] for check in found]
