"""What staff fill in when a document has to be corrected or taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.ground.documents.layouts import printed
from zhicheng.ground.documents.paper import Block, Line, Paper

LONGEST_REASON = 500


def _reason(help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class RevokeForm(forms.Form):
    """Why a document is taken back."""

    reason = _reason()


class CorrectForm(forms.Form):
    """The text of a document to correct: one field for each part, as it was issued, and why."""

    def __init__(self, data: Any = None, *, paper: Paper) -> None:
        super().__init__(data)
        self.paper = paper
        self.fields["addressee"] = forms.CharField(
            label=_("Addressee"), required=False, max_length=120, initial=paper.addressee
        )
        for name, label, text in _texts(paper):
            rows = max(2, min(12, len(text) // 30 + text.count("\n") + 1))
            self.fields[name] = forms.CharField(
                label=label or gettext("Text"), required=False, max_length=4_000, initial=text, strip=False,
                widget=forms.Textarea(attrs={"rows": rows}),
            )  # fmt: skip
        self.fields["reason"] = _reason(gettext("Kept with the new version; not printed."))

    def blocks(self) -> tuple[Block, ...]:
        """The parts as they were corrected."""
        return tuple(self._block(place, block) for place, block in enumerate(self.paper.blocks))

    def _block(self, place: int, block: Block) -> Block:
        given = {name: printed(str(value).replace("\r\n", "\n")) for name, value in self.cleaned_data.items()}
        lines = tuple(
            Line(label=line.label, value=given[f"b{place}_{number}"]) for number, line in enumerate(block.lines)
        )
        return block.model_copy(update={"text": given.get(f"b{place}", block.text), "lines": lines})


def _texts(paper: Paper) -> list[tuple[str, str, str]]:
    """Every text of the paper: its field's name, its label, and what stands there now."""
    found = []
    for place, block in enumerate(paper.blocks):
        if block.text:
            found.append((f"b{place}", block.heading, block.text))
        found += [(f"b{place}_{number}", line.label, line.value) for number, line in enumerate(block.lines)]
    return found
