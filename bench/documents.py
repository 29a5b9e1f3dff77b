"""Pages per second: documents through the house's renderer, against bare typst compiling the same source.

Both are given the same template, fonts and inputs, in turns, in one process. The house's side begins with the
paper as it is stored (canonical JSON) and ends with bytes: reading it, drawing the QR code, setting it. The bare
side begins with inputs made beforehand. Warm: fonts are loaded and the template is parsed once on either side.

    python bench/documents.py [--papers 200] [--long]
"""

import argparse
import statistics
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from time import perf_counter
from typing import TypeVar

import typst
from pylopdf_fonts_zh_cn import serif_path
from pypdf import PdfReader

from zhicheng.ground.documents.paper import Block, BlockKind, Line, Paper
from zhicheng.ground.documents.typesetting import merged, typeset, write_docx
from zhicheng.ground.documents.typesetting.pdf import TEMPLATE, families, inputs_of

ROUNDS = 5
Given = TypeVar("Given")


def paper(number: int, *, long: bool) -> Paper:
    """One order among many: every number, code and name differs, so nothing can be kept from the one before."""
    code = f"{number:04d}-4567-89AB-CDEF"
    text = "经现场核查，你单位承建的工程存在渗漏，原因为防水层施工不当，现通知你单位按规范返工并作蓄水试验。"
    return Paper(
        form="rectification_order", edition="2026-11", title="工程质量整改通知书", issuer="枣庄市住房和城乡建设局",
        number=f"枣住建整改〔2026〕{number}号", issued_on=date(2026, 11, 23), code=code,
        address=f"https://quality.example.org/verify/{code}/", addressee=f"第{number}建设工程有限公司",
        blocks=(
            Block(text=f"（{number}）{text}" * (12 if long else 1)),
            Block(heading="一、整改要求", text=text),
            Block(kind=BlockKind.TABLE, lines=tuple(Line(label=f"事项{n}", value=text[:30]) for n in range(4))),
            Block(kind=BlockKind.SIGNATURE, lines=(Line(label="签收人"), Line(label="签收日期"))),
        ),
        contact="联系电话：0632-0000000",
    )  # fmt: skip


def main() -> None:
    """Prints both speeds, their ratio, and what DOCX and merging cost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--papers", type=int, default=200)
    arguments.add_argument("--long", action="store_true", help="two pages or more each")
    given = arguments.parse_args()
    stored = [paper(number, long=given.long).canonical for number in range(1, given.papers + 1)]
    inputs = [inputs_of(Paper.model_validate_json(one), tuple(families())) for one in stored]
    pages = len(PdfReader(BytesIO(typeset(Paper.model_validate_json(stored[0])))).pages)
    bare = bare_compiler()
    bare(inputs[0])
    ours, theirs = alternate(stored, inputs, bare)
    files = [typeset(Paper.model_validate_json(one)) for one in stored[:100]]
    print(f"{given.papers} papers of {pages} page(s), {ROUNDS} turns of each, median")
    print(f"house  {pages * ours:7.1f} pages/s")
    print(f"typst  {pages * theirs:7.1f} pages/s   ratio {ours / theirs:.2f}")
    print(f"docx   {rate(stored[:50], lambda one: write_docx(Paper.model_validate_json(one))):7.1f} papers/s")
    started = perf_counter()
    together = merged((f"{number}", one) for number, one in enumerate(files))
    print(f"merge  {together.pages / (perf_counter() - started):7.1f} pages/s, {len(files)} papers into one")


def bare_compiler() -> Callable[[dict[str, str]], object]:
    """Typst as its own documentation shows it: one compiler with its fonts, one call for each document."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[serif_path().parent])
    compiler = typst.Compiler(TEMPLATE, font_paths=fonts, ignore_system_fonts=True)
    return lambda one: compiler.compile(format="pdf", sys_inputs=one, pdf_standards="ua-1")


def alternate(
    stored: Sequence[str], inputs: Sequence[dict[str, str]], bare: Callable[[dict[str, str]], object]
) -> tuple[float, float]:
    """Papers per second of both, each the median of turns that take each other's place."""
    ours, theirs = [], []
    size = max(1, len(stored) // ROUNDS)
    for start in range(0, size * ROUNDS, size):
        ours.append(rate(stored[start : start + size], lambda one: typeset(Paper.model_validate_json(one))))
        theirs.append(rate(inputs[start : start + size], bare))
    return statistics.median(ours), statistics.median(theirs)


def rate(given: Sequence[Given], make: Callable[[Given], object]) -> float:
    """How many a second."""
    started = perf_counter()
    for one in given:
        make(one)
    return len(given) / (perf_counter() - started)


if __name__ == "__main__":
    main()
