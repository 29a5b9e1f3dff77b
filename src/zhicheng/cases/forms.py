"""Small forms of cases on the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.ground.packs.api import Branch, Term


class RevealForm(forms.Form):
    """Why somebody needs to see a reporter's name and number in full."""

    reason = forms.CharField(
        label=_("Why do you need it?"), max_length=200, min_length=2,
        help_text=_("The reason, your name and the time are written to the ledger."),
    )  # fmt: skip


class ErasureForm(forms.Form):
    """Why what a case says of people is deleted before its time."""

    reason = forms.CharField(
        label=_("Why is it deleted?"), max_length=200, min_length=2,
        help_text=_("For example who asked, how and when. Name nobody: the reason is kept."),
    )  # fmt: skip


class AlertForm(forms.Form):
    """What the body in charge does about a hot spot."""

    word = forms.CharField(
        label=_("What is being done"), max_length=500, min_length=2, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever sees the alert reads it. Name nobody."),
    )  # fmt: skip


class CategoryForm(forms.Form):
    """The category of a historical case, chosen from the tree that is offered where it lies."""

    category = forms.ChoiceField(label=_("Category"))

    def __init__(self, data: Any = None, *, tree: tuple[Branch, ...], initial: str = "") -> None:
        super().__init__(data, initial={"category": initial})
        self.terms = {leaf.code: leaf for branch in tree for leaf in _leaves(branch)}
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        groups = [(one.term.label, [(leaf.code, leaf.label) for leaf in _leaves(one)]) for one in tree]
        field.choices = [("", gettext("Choose")), *groups]

    def clean_category(self) -> Term:
        """The chosen term."""
        return self.terms[self.cleaned_data["category"]]


def _leaves(branch: Branch) -> list[Term]:
    return [leaf.term for leaf in branch.below] or [branch.term]
