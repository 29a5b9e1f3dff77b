"""Many papers as one file to print: each begins on a new sheet where sheets are printed on both sides."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter


@dataclass(frozen=True)
class Merged:
    """One PDF and how many papers and pages are in it, blank ones included."""

    content: bytes
    papers: int
    pages: int


def merged(papers: Iterable[tuple[str, bytes]]) -> Merged:
    """The papers, each with the name under which it stands in the outline, in the order given.

    A paper with an odd number of pages is followed by a blank one.
    """
    writer, count = PdfWriter(), 0
    for name, content in papers:
        start = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(content)), import_outline=False)
        writer.add_outline_item(title=name, page_number=start)
        if len(writer.pages) % 2:
            writer.add_blank_page()
        count += 1
    target = io.BytesIO()
    writer.write(target)
    return Merged(target.getvalue(), count, len(writer.pages))
