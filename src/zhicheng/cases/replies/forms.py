"""The form of a reply template."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.kinds import CATALOGUES
from zhicheng.cases.replies.fields import text_fields
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.rules import LONGEST_TEXT, LONGEST_TITLE, Spot
from zhicheng.cases.replies.services import TemplateRefused, Wording
from zhicheng.core.refused import Refused
from zhicheng.ground.packs.api import Branch, term_tree
from zhicheng.ground.ui.step_fields import LinesField
from zhicheng.ground.ui.templatetags.house import sentence
from zhicheng.ground.ui.widgets import Select

ANYWHERE = ":"
"""What the form sends for “any field”: an empty value would mean that nothing was chosen."""


class TemplateForm(forms.Form):
    """What a template says and where it is offered; a refusal comes back at its field, with what was typed."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, help_text=_("By which colleagues find it, in a few words.")
    )
    spot = forms.ChoiceField(label=_("Offered in"), widget=Select())
    category = forms.ChoiceField(label=_("Category"), required=False, widget=Select())
    text = LinesField(
        label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What stands in braces is filled from the case. Whoever inserts it reads it before sending."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, area_path: str, start: ReplyTemplate | None = None) -> None:
        initial = {}
        if start is not None:
            initial = {"title": start.title, "spot": start.spot.code or ANYWHERE, "category": start.category,
                       "text": start.text}  # fmt: skip
        super().__init__(data, initial=initial)
        spot, category = self.fields["spot"], self.fields["category"]
        assert isinstance(spot, forms.ChoiceField)
        assert isinstance(category, forms.ChoiceField)
        spot.choices = _spots()
        category.choices = [("", gettext("Any category")), *_categories(area_path)]

    @property
    def wording(self) -> Wording:
        """What was typed."""
        given = self.cleaned_data
        return Wording(given["title"], given["text"], Spot.read(given["spot"].strip(ANYWHERE)), given["category"])

    def refuse(self, refused: Refused) -> None:
        """Puts a refusal at the field that it names, or above the form."""
        field = refused.field if isinstance(refused, TemplateRefused) else None
        self.add_error(field, sentence(refused.message, refused.params))


def _spots() -> list[tuple[Any, Any]]:
    """Any field; then by kind of proceeding any of its fields, and each."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in text_fields():
        whole = (field.spot.kind, gettext("Any text of this kind"))
        group = groups.setdefault(gettext(field.process), [whole])
        group.append((field.spot.code, f"{gettext(field.step)} · {gettext(field.label)}"))
    return [(ANYWHERE, gettext("Any text of any step")), *groups.items()]


def _categories(area_path: str) -> Iterable[tuple[Any, Any]]:
    """The categories of a place by their groups; a group stands for all of its own."""
    for catalogue in CATALOGUES:
        for branch in term_tree(catalogue, area_path):
            yield branch.term.label, list(_with_own(branch))


def _with_own(branch: Branch) -> Iterable[tuple[str, str]]:
    yield branch.term.code, branch.term.label
    for leaf in branch.below:
        yield leaf.term.code, f"{branch.term.label} · {leaf.term.label}"
