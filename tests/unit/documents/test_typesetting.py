"""The renderer: the same paper gives the same bytes, and everything of the paper is in them."""

import io

import docx
import pytest
from pypdf import PdfReader

from unit.documents.papers import CODE, PAPER
from zhicheng.ground.documents.paper import Block, BlockKind, Head, Line, Paper
from zhicheng.ground.documents.typesetting import merged, typeset, write_docx
from zhicheng.ground.documents.typesetting.pdf import families


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


EVERYTHING = (
    PAPER.issuer, PAPER.number, PAPER.title, PAPER.addressee, "经现场核查，屋面渗漏。", "一、整改要求",
    "TS-3704-2026-000123-8", "签收人", "现场照片.pdf", "2026年11月23日", "印章", CODE, PAPER.contact,
)  # fmt: skip


def test_the_pdf_says_everything_of_the_paper():
    found = text_of(typeset(PAPER)).replace(" ", "")
    assert [part for part in EVERYTHING if part.replace(" ", "") not in found] == []


def test_the_docx_says_everything_of_the_paper():
    found = words_of(write_docx(PAPER))
    assert [part for part in EVERYTHING if part not in found] == []


def test_the_same_paper_gives_the_same_bytes():
    assert typeset(PAPER) == typeset(Paper.model_validate_json(PAPER.canonical))


def test_another_paper_gives_others():
    assert typeset(PAPER) != typeset(PAPER.model_copy(update={"number": "枣住建整改〔2026〕13号"}))


def test_the_pdf_can_be_read_aloud():
    """Tagged, in Chinese, with a title: what PDF/UA-1 asks for, and claimed as such."""
    reader = PdfReader(io.BytesIO(typeset(PAPER)))
    root = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("zh")
    assert root["/StructTreeRoot"]
    assert reader.metadata is not None
    assert reader.metadata.title == PAPER.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_number_breaks_at_the_end_of_a_line_and_is_copied_whole():
    """Kept together it would stretch the few words before it over the whole line."""
    text = "关于商品质量问题的投诉（编号TS-3704-2026-000123-8）的调解过程中出现以下情形。"
    content = typeset(PAPER.model_copy(update={"blocks": (Block(text="经审查，" + text),)}))
    lines = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).splitlines()
    place, first = next((place, one) for place, one in enumerate(lines) if "编号" in one)
    assert first.replace(" ", "").endswith("TS-3704-2026-")
    assert lines[place + 1].startswith("000123-8）")


def test_markup_in_a_text_is_text():
    hostile = '#import "/etc/passwd": x \\ $1/0$ *strong* `raw` "quoted" {law.x} <label>'
    found = text_of(typeset(PAPER.model_copy(update={"blocks": (Block(text=hostile),)})))
    assert '#import "/etc/passwd": x' in found
    assert "*strong*" in found


def test_a_character_that_no_font_has_does_not_stop_the_paper():
    odd = PAPER.model_copy(update={"blocks": (Block(text="渗漏😀严重"),)})
    content = typeset(odd)
    assert "渗漏" in text_of(content)
    assert content == typeset(odd)


@pytest.mark.parametrize("length", [6, 30, 60])
def test_a_long_name_stays_on_the_sheet(length: int):
    long = PAPER.model_copy(update={"issuer": "局" * length})
    assert len(PdfReader(io.BytesIO(typeset(long))).pages) <= 2


def test_a_long_text_runs_over_pages_that_are_numbered():
    long = PAPER.model_copy(update={"blocks": (Block(text="\n".join(["查明原因并返工。" * 12] * 30)),)})
    pages = PdfReader(io.BytesIO(typeset(long))).pages
    assert len(pages) > 2
    assert [f"—{number}—" in page.extract_text().replace(" ", "") for number, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)


TO_SIGN = Block(kind=BlockKind.SIGNATURE, lines=(Line(label="签收人"), Line(label="签收日期")))


@pytest.mark.parametrize("paragraphs", range(5, 13))
def test_no_sheet_holds_lines_to_sign_or_a_seal_alone(paragraphs: int):
    """GB/T 9704-2012, 7.3.5.4: whatever is left over, words of the text stand on the last sheet too."""
    text = Block(text="\n".join(["经现场核查，屋面渗漏，请按要求完成整改并回复。" * 2] * paragraphs))
    paper = PAPER.model_copy(update={"blocks": (text, TO_SIGN), "attachments": ()})
    last = PdfReader(io.BytesIO(typeset(paper))).pages[-1].extract_text().replace("\n", "")
    assert "现场核查" in last
    assert last.index("现场核查") < last.index("签收日期") < last.index("印章") < last.index("查验真伪")


@pytest.mark.parametrize("pasted", ["\x01", "\x02", "\x0b", "\x0c", "\x1b", "\x1f", "\ufffe"])
def test_the_docx_takes_what_was_pasted_from_anywhere(pasted: str):
    """A text of a step keeps what was pasted; XML may not hold all of it, and the paper is made nevertheless."""
    said = f"重做{pasted}防水层"
    blocks = (Block(text=said), Block(kind=BlockKind.TABLE, lines=(Line(label="要求", value=said),)))
    found = words_of(write_docx(PAPER.model_copy(update={"blocks": blocks, "addressee": f"某{pasted}公司"})))
    assert found.count("重做") == found.count("防水层") == 2
    assert pasted not in found


def test_the_docx_keeps_the_last_words_with_the_seal_too():
    document = docx.Document(
        io.BytesIO(write_docx(PAPER.model_copy(update={"blocks": (PAPER.blocks[0], TO_SIGN)})))
    )
    kept = [one.text for one in document.paragraphs if one.paragraph_format.keep_with_next]
    assert kept[0] == "请于2026年12月20日前完成整改。"
    assert any("签收日期" in text for text in kept)
    assert any("印章" in text for text in kept)


NAMES = ("卫生间闭水试验现场照片.jpg", "检测报告.pdf", "复验照片.jpg")


def test_attachments_are_named_once_and_beneath_each_other():
    """GB/T 9704-2012, 7.3.4: the word once, two characters in; figures before several; names aligned."""
    found: list[tuple[str, int]] = []
    (page,) = PdfReader(io.BytesIO(typeset(PAPER.model_copy(update={"attachments": NAMES})))).pages
    page.extract_text(visitor_text=lambda text, at, *_: found.append((text.strip(), round(at[4]))))
    assert sum("附件" in text for text, _ in found) == 1
    for parts in (("1．", "2．", "3．"), tuple(name[:4] for name in NAMES)):
        where = [x for part in parts for text, x in found if text.startswith(part)]
        assert len(where) == len(parts)
        assert len(set(where)) == 1, "beneath each other"


def test_one_attachment_has_no_figure():
    assert "附件：现场照片.pdf" in text_of(typeset(PAPER))
    assert "附件：现场照片.pdf" in words_of(write_docx(PAPER))


def test_the_docx_names_attachments_once_too():
    said = words_of(write_docx(PAPER.model_copy(update={"attachments": NAMES})))
    assert said.count("附件：") == 1
    assert "附件：1．\t卫生间" in said
    assert "2．\t检测报告.pdf" in said


def test_a_simulated_paper_says_so():
    marked = PAPER.model_copy(update={"simulated": True})
    assert "不具有法律效力" in text_of(typeset(marked))
    assert "不具有法律效力" in words_of(write_docx(marked))
    assert "不具有法律效力" not in text_of(typeset(PAPER))


def test_a_company_writes_under_a_plain_head():
    assert "局" in text_of(typeset(PAPER.model_copy(update={"head": Head.PLAIN})))


def test_the_fonts_are_those_of_the_package_alone():
    assert families() == {"noto sans sc", "noto serif sc"}


def test_papers_printed_together_each_begin_on_a_new_sheet():
    one = typeset(PAPER)
    together = merged([("first", one), ("second", one)])
    reader = PdfReader(io.BytesIO(together.content))
    assert together.papers == 2
    assert len(reader.pages) == together.pages
    assert together.pages % 2 == 0
    starts = [reader.get_destination_page_number(item) for item in reader.outline]
    assert starts == [0, together.pages // 2]
    assert [item.title for item in reader.outline] == ["first", "second"]
