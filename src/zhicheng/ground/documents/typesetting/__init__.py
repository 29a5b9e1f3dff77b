"""A paper as PDF and as DOCX. No Django, no database: a paper in, bytes out."""

from zhicheng.ground.documents.typesetting.merging import Merged, merged
from zhicheng.ground.documents.typesetting.pdf import typeset
from zhicheng.ground.documents.typesetting.word import write_docx

__all__ = ["Merged", "merged", "typeset", "write_docx"]
