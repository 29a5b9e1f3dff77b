"""Small forms of cases on the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RevealForm(forms.Form):
    """Why somebody needs to see a reporter's name and number in full."""

    reason = forms.CharField(
        label=_("Why do you need it?"), max_length=200, min_length=4,
        help_text=_("The reason, your name and the time are written to the ledger."),
    )  # fmt: skip
