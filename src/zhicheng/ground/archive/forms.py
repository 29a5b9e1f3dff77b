"""What a leader fills in to take a record out of the archive."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 500


class TakeOutForm(forms.Form):
    """Why a record is taken out of the archive."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with the line of the register, and deleted with what the record says of people."),
    )  # fmt: skip
