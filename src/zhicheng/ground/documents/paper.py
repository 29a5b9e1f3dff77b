"""One official document as a frozen value: all that is printed, and nothing that is looked up later. No Django.

>>> paper = Paper(form="order", edition="1", title="责令整改通知书", issuer="某局", number="某改〔2026〕1号",
...     issued_on=date(2026, 11, 23), code="0000-0000-0000-0000", address="https://example.org/verify/0/",
...     blocks=(Block(text="请于7日内整改。"),))
>>> Paper.model_validate_json(paper.canonical) == paper
True
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from zhicheng.core.canonical import canonical_bytes


class Head(StrEnum):
    """What stands above the title."""

    RED = "red"
    """The body's name in red over a red line: what a public body sends under its own name."""
    PLAIN = "plain"
    """The name in ink: registers, records, and what a company writes."""


class BlockKind(StrEnum):
    """How a part of the text is set."""

    TEXT = "text"
    TABLE = "table"
    SIGNATURE = "signature"
    GRID = "grid"
    """Columns under heads: what a register lists."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Frozen):
    """A row of a table or a place to sign: what it is called and what stands there, which may be nothing."""

    label: str
    value: str = ""


class Block(_Frozen):
    """A part of the text under an optional heading; a line break in `text` begins a new paragraph.

    A grid has `heads`, and `rows` of as many texts; `widths` says how much of the sheet each column takes.
    """

    kind: BlockKind = BlockKind.TEXT
    heading: str = ""
    text: str = ""
    lines: tuple[Line, ...] = ()
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Paper(_Frozen):
    """A document as it was issued. Whatever is a person's in it lies here and nowhere else.

    `edition` names the wording of the form, `code` and `address` lead to the public page that verifies it,
    `contact` says whom to ask. A list that was never issued has no number, code or address. Only provisions that
    were read in their text have come into `blocks`.
    """

    form: str
    edition: str
    title: str
    issuer: str
    number: str
    version: int = 1
    issued_on: date
    code: str
    address: str
    head: Head = Head.RED
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seal: bool = True
    contact: str = ""
    simulated: bool = False

    @property
    def canonical(self) -> str:
        """The text that is kept and hashed: the same for the same paper, whoever writes it."""
        return canonical_bytes(self.model_dump(mode="json")).decode()
