"""PDF by typst, from one template; the paper enters as data and is never read as markup.

The same paper gives the same bytes: the date is the paper's own, and no font of the system is looked at. The
file is tagged and claims PDF/UA-1; only where the text holds a character that no font has is that claim
dropped, because such a character cannot be read aloud for certain.
"""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from zhicheng.ground.documents import wording
from zhicheng.ground.documents.paper import Paper
from zhicheng.ground.documents.typesetting.code import qr_svg

TEMPLATE = Path(__file__).with_name("paper.typ")
TEXT_FACES = ("FangSong_GB2312", "FangSong", "Noto Serif SC")
"""What the layout asks for first, if the installation has it; then what the house brings."""
HEADING_FACES = ("SimHei", "Noto Sans SC")
ACCESSIBLE: Literal["ua-1"] = "ua-1"
ISSUER_POINTS = 36
ISSUER_LINE_POINTS = 400
"""Width that a body's name in red may take; a long name is set smaller."""
_compiling = Lock()


def typeset(paper: Paper, fonts: Path | None = None) -> bytes:
    """The paper as PDF. `fonts` is a directory with fonts that the installation owns, looked at first."""
    inputs = inputs_of(paper, tuple(families(fonts)))
    compiler = _compiler(fonts)
    with _compiling:  # one compiler, whose inputs are set and read in two steps
        try:
            return _compiled(compiler, inputs, paper.issued_on, ACCESSIBLE)
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
            return _compiled(compiler, inputs, paper.issued_on, None)


def _compiled(
    compiler: typst.Compiler, inputs: dict[str, str], day: date, standard: Literal["ua-1"] | None
) -> bytes:
    at = datetime.combine(day, time(), UTC)
    content = compiler.compile(
        format="pdf", sys_inputs=inputs, timestamp=at, pdf_standards=[standard] if standard else []
    )
    assert isinstance(content, bytes), "a PDF is one file"
    return content


def inputs_of(paper: Paper, known: tuple[str, ...]) -> dict[str, str]:
    """What the template is given: the paper, and what the layout adds to it."""
    day = paper.issued_on
    layout = {
        "text-faces": [face for face in TEXT_FACES if face.lower() in known],
        "heading-faces": [face for face in HEADING_FACES if face.lower() in known],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "issued": wording.day_words(day),
        "issuer-size": min(ISSUER_POINTS, ISSUER_LINE_POINTS // max(len(paper.issuer), 1)),
        "version": wording.version_words(paper.version),
        "attachment": wording.ATTACHMENT,
        "seal": wording.SEAL,
        "simulated": wording.SIMULATED,
        "simulated-note": wording.SIMULATED_NOTE,
        "qr": qr_svg(paper.address) if paper.address else "",
        "qr-alt": wording.QR + paper.address,
        "verify": wording.VERIFY,
        "code-label": wording.CODE,
    }
    return {"paper": paper.canonical, "layout": json.dumps(layout, ensure_ascii=False)}


@cache
def families(fonts: Path | None = None) -> frozenset[str]:
    """The names of the fonts that papers can be set in, in small letters."""
    return frozenset(name.lower() for name in _fonts(fonts).families())


@cache
def _fonts(fonts: Path | None) -> typst.Fonts:
    brought = {serif_path().parent, sans_path().parent}
    paths = [*([fonts] if fonts is not None and fonts.is_dir() else []), *sorted(brought)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _compiler(fonts: Path | None) -> typst.Compiler:
    """One compiler for all papers: fonts and template are read once."""
    return typst.Compiler(TEMPLATE, font_paths=_fonts(fonts), ignore_system_fonts=True)
