"""A form as the law or a city states it: what is printed where, with places for what a matter gives. No Django.

A text has places such as `{company}`, which a matter's particulars fill, and `{law.order_9}`, which a provision
fills. A part that names a provision which was not read in its text is left out, and its `otherwise` stands
instead: a recalled provision is never printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from zhicheng.core.clock import Citation
from zhicheng.ground.documents.paper import Block, BlockKind, Head, Line

_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
PLACE = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)\}")
LAW = "law."
ISSUER = frozenset({"issuer_telephone", "issuer_contact"})
"""What every paper may say of whoever issues it: the telephone, and address and telephone where both are known."""


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class LineLayout(_Given):
    """A row of a table or a place to sign."""

    label: str = Field(min_length=1, max_length=60)
    value: str = Field(default="", max_length=500)


class BlockLayout(_Given):
    """A part of the text. `when` names a particular without which it is left out."""

    kind: BlockKind = BlockKind.TEXT
    heading: str = Field(default="", max_length=60)
    text: str = Field(default="", max_length=2_000)
    otherwise: str = Field(default="", max_length=2_000)
    when: str = ""
    lines: tuple[LineLayout, ...] = ()


class NoteLayout(_Given):
    """A note that depends on a particular: `text` if the paper has what `when` names, else `otherwise`, if any."""

    text: str = Field(min_length=1, max_length=500)
    when: str = Field(min_length=1)
    otherwise: str = Field(default="", max_length=500)


class Provision(_Given):
    """A provision that the form rests on; printed only if it was read in its text."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    text: str = Field(min_length=1, max_length=200)
    verified: bool = False


class Layout(_Given):
    """Everything of a form but its name and its period. `notes` below a rule say what the form is for."""

    edition: str = Field(min_length=1, max_length=40)
    title: str = Field(min_length=1, max_length=60)
    title_en: str = Field(min_length=1, max_length=120)
    mark: str = Field(min_length=1, max_length=10)
    head: Head = Head.RED
    addressee: str = Field(default="", max_length=120)
    readers: tuple[str, ...] = ()
    seal: bool = True
    provisions: tuple[Provision, ...] = ()
    notes: tuple[str | NoteLayout, ...] = ()
    blocks: tuple[BlockLayout, ...] = Field(min_length=1)

    def places(self) -> Iterator[str]:
        """The name of every place in the form, those of provisions included."""
        for text in self._texts():
            yield from PLACE.findall(text)
        yield from (block.when for block in self.blocks if block.when)
        yield from (note.when for note in self.notes if isinstance(note, NoteLayout))

    def _texts(self) -> Iterator[str]:
        yield self.addressee
        for block in self.blocks:
            yield from (block.heading, block.text, block.otherwise)
            yield from (line.value for line in block.lines)


@dataclass(frozen=True)
class Particulars:
    """What one matter gives a form: values by name, provisions by name, and who it goes to.

    `addressee` is the organization it is addressed to, if it is one, and `issuer` the organization that issues
    it where that is not the body that holds the matter.
    """

    values: Mapping[str, str]
    provisions: Mapping[str, Citation] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    addressee: int | None = None
    issuer: int | None = None


def printed(text: str) -> str:
    r"""The text as a paper prints it: pasted breaks of Word are new lines, and what no font draws is left out.

    >>> printed("铲除防水层\x0b重做\x02")
    '铲除防水层\n重做'
    """
    return _UNPRINTED.sub("", _BREAKS.sub("\n", text))


def filled(layout: Layout, particulars: Particulars) -> tuple[str, tuple[Block, ...]]:
    """The addressee and the parts of a document. Raises KeyError for a place that nothing fills."""
    stated = {one.key: Citation(one.text, one.verified) for one in layout.provisions}
    laws = {**stated, **particulars.provisions}
    blocks = [
        block
        for one in layout.blocks
        if not one.when or particulars.values.get(one.when)
        if (block := _block(one, particulars.values, laws)) is not None
    ]
    return _text(layout.addressee, particulars.values, laws) or "", tuple(blocks)


def notes_of(layout: Layout, values: Mapping[str, str]) -> tuple[str, ...]:
    """The notes below the rule that are for this paper."""
    texts = (note if isinstance(note, str) else _chosen(note, values) for note in layout.notes)
    return tuple(text for text in texts if text)


def _chosen(note: NoteLayout, values: Mapping[str, str]) -> str:
    return note.text if values.get(note.when) else note.otherwise


def _block(layout: BlockLayout, values: Mapping[str, str], laws: Mapping[str, Citation]) -> Block | None:
    text = _text(layout.text, values, laws)
    if text is None:
        text = _text(layout.otherwise, values, laws)
    lines = tuple(Line(label=one.label, value=_text(one.value, values, laws) or "") for one in layout.lines)
    if not text and not lines:
        return None
    heading = _text(layout.heading, values, laws) or ""
    return Block(kind=layout.kind, heading=heading, text=text or "", lines=lines)


def _text(text: str, values: Mapping[str, str], laws: Mapping[str, Citation]) -> str | None:
    """The text with its places filled; None if it names a provision that may not be printed."""
    cited = [place.removeprefix(LAW) for place in PLACE.findall(text) if place.startswith(LAW)]
    if any(laws[key].printable is None for key in cited):
        return None

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return laws[name.removeprefix(LAW)].text if name.startswith(LAW) else printed(values[name])

    return PLACE.sub(fill, text)
