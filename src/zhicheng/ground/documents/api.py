"""What other apps may use of documents."""

from zhicheng.ground.documents.layouts import Particulars
from zhicheng.ground.documents.marks import mark_of
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.numbers import claim_series, next_serial
from zhicheng.ground.documents.panel import papers_panel, shown_papers
from zhicheng.ground.documents.paper import Block, BlockKind, Head, Line, Paper
from zhicheng.ground.documents.queries import (
    find_by_code,
    list_issued,
    list_papers,
    list_standing,
    list_valid_papers,
    prefix_of,
)
from zhicheng.ground.documents.queue import on_demand
from zhicheng.ground.documents.rendering import paper_of, pdf_of
from zhicheng.ground.documents.services import Occasion, correct, empty_papers, issue, revoke
from zhicheng.ground.documents.serving import readable, serve_pdf, serve_together
from zhicheng.ground.documents.states import LABELS, PaperState
from zhicheng.ground.documents.typesetting import merged, typeset, write_docx
from zhicheng.ground.documents.verifying import is_the_pdf_of
from zhicheng.ground.documents.wording import day_words

__all__ = [
    "LABELS",
    "Block",
    "BlockKind",
    "Document",
    "Head",
    "Line",
    "Occasion",
    "Paper",
    "PaperState",
    "Particulars",
    "claim_series",
    "correct",
    "day_words",
    "empty_papers",
    "find_by_code",
    "is_the_pdf_of",
    "issue",
    "list_issued",
    "list_papers",
    "list_standing",
    "list_valid_papers",
    "mark_of",
    "merged",
    "next_serial",
    "on_demand",
    "paper_of",
    "papers_panel",
    "pdf_of",
    "prefix_of",
    "readable",
    "revoke",
    "serve_pdf",
    "serve_together",
    "shown_papers",
    "typeset",
    "write_docx",
]
