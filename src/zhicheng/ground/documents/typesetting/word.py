"""DOCX to work with: the same paper in Word's own styles, for whoever has to send an editable copy.

It is no official document: it carries no verified hash, and says where the official one can be verified. Built
with python-docx from nothing rather than by filling a template, so that no binary file is kept in the house
and the parts of a paper have one description.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhicheng.core.xml import writable
from zhicheng.ground.documents import wording
from zhicheng.ground.documents.paper import Block, BlockKind, Head, Line, Paper
from zhicheng.ground.documents.typesetting.code import qr_png

BODY_FACE, HEAD_FACE, SANS_FACE = "仿宋_GB2312", "方正小标宋简体", "黑体"
"""What the official layout asks for; Word replaces what a computer does not have."""
RED = RGBColor(0xC8, 0x10, 0x2E)
LINE = Pt(28.95)
INDENT, NUMBER_WIDTH = 2, 1.5
"""In characters: how far a paragraph is set in, and how wide a figure with its full stop is."""


def write_docx(paper: Paper) -> bytes:
    """The paper as DOCX."""
    document = docx.Document()
    _prepare(document, paper)
    _head(document, paper)
    if paper.addressee:
        _paragraph(document, f"{paper.addressee}：", indent=False)
    words = 0
    for block in paper.blocks:
        _block(document, block)
        words = words if block.kind is BlockKind.SIGNATURE else len(document.paragraphs)
    _attachments(document, paper.attachments)
    _closing(document, paper)
    _keep_together(document.paragraphs[words - 1 :])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FACE)
    core = document.core_properties
    core.title, core.author, core.language = f"{paper.title} {paper.number}", paper.issuer, "zh-CN"
    core.created = core.modified = datetime.combine(paper.issued_on, time())
    core.comments = f"{wording.CODE}{paper.code}"
    _page_number(section.footer.paragraphs[0])


def _head(document: Document, paper: Paper) -> None:
    red = paper.head is Head.RED
    issuer = _paragraph(document, paper.issuer, face=HEAD_FACE, size=32 if red else 18, center=True)
    if red:
        issuer.runs[0].font.color.rgb = RED
    number = _paragraph(document, paper.number, center=red, indent=False)
    if red:
        _rule_below(number)
    else:
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _paragraph(document, paper.title, face=HEAD_FACE, size=22, center=True)
    if paper.version > 1:
        _paragraph(document, wording.version_words(paper.version), size=14, center=True)
    if paper.simulated:
        _paragraph(document, wording.SIMULATED_NOTE, size=12, center=True)


def _block(document: Document, block: Block) -> None:
    if block.heading:
        _paragraph(document, block.heading, face=SANS_FACE)
    if block.kind is BlockKind.TABLE:
        _table(document, block.lines)
    elif block.kind is BlockKind.GRID:
        _grid(document, block)
    elif block.kind is BlockKind.SIGNATURE:
        for line in block.lines:
            _paragraph(document, f"{line.label}：{line.value or '＿' * 12}", indent=False)
    else:
        for text in block.text.splitlines():
            _paragraph(document, text)


def _attachments(document: Document, names: Sequence[str]) -> None:
    """A line below the text: the word once, names beneath each other by a tab, figures only for several."""
    if names:
        _paragraph(document, "")
    first, second = Pt(16 * (INDENT + len(wording.ATTACHMENT))), Pt(16 * NUMBER_WIDTH if len(names) > 1 else 0)
    for place, name in enumerate(names):
        number = f"{place + 1}．\t" if len(names) > 1 else ""
        label = wording.ATTACHMENT if place == 0 else ""
        paragraph = _paragraph(document, f"{label}{number}{name}", indent=False)
        form = paragraph.paragraph_format
        form.left_indent = Pt(first.pt + second.pt)
        form.first_line_indent = Pt(16 * INDENT - form.left_indent.pt if label else -second.pt)
        form.tab_stops.add_tab_stop(form.left_indent)


def _table(document: Document, lines: Iterable[Line]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for line in lines:
        for cell, text, width in zip(table.add_row().cells, (line.label, line.value), (34, 122), strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.line_spacing = 1.2
            _run(cell.paragraphs[0], text, BODY_FACE, 12)


def _grid(document: Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    for face, texts in ((SANS_FACE, block.heads), *((BODY_FACE, row) for row in block.rows)):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.paragraphs[0].paragraph_format.line_spacing = 1.2
            _run(cell.paragraphs[0], text, face, 9.5)


def _closing(document: Document, paper: Paper) -> None:
    for text in ("", paper.issuer, wording.day_words(paper.issued_on), wording.SEAL if paper.seal else ""):
        _paragraph(document, text, indent=False).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if paper.address:
        code = document.add_paragraph()
        code.add_run().add_picture(io.BytesIO(qr_png(paper.address)), width=Mm(22))
        _paragraph(document, f"{wording.VERIFY} {paper.address} {wording.CODE}{paper.code}", size=9, indent=False)
    for note in paper.notes:
        _paragraph(document, note, size=10, indent=False)
    if paper.contact:
        _paragraph(document, paper.contact, size=12, indent=False)


def _keep_together(closing: Sequence[Paragraph]) -> None:
    """The last words of the text go on one sheet with the lines to sign and the seal: GB/T 9704-2012, 7.3.5.4."""
    for paragraph in closing[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _paragraph(
    document: Document, text: str, *, face: str = BODY_FACE, size: float = 16, center: bool = False,
    indent: bool = True,
) -> Paragraph:  # fmt: skip
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_after = form.space_before = Pt(0)
    if size <= 16:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        form.first_line_indent = Pt(2 * size)
    _run(paragraph, text, face, size)
    return paragraph


def _run(paragraph: Paragraph, text: str, face: str, size: float) -> Run:
    run = paragraph.add_run(writable(text))
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def _rule_below(paragraph: Paragraph) -> None:
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", str(RED))):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", BODY_FACE, 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " —", BODY_FACE, 14)
