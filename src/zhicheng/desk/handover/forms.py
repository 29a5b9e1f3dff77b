"""Who leaves, who takes over, from when and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field, reason_field
from zhicheng.ground.access.api import User
from zhicheng.ground.ui.widgets import Select


class HandoverForm(DeskForm):
    """A hand-over: the same form shows what would move and does it."""

    leaver = forms.TypedChoiceField(label=_("Who leaves"), coerce=int, widget=Select())
    receivers = forms.TypedMultipleChoiceField(
        label=_("Who takes over"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Of several, each is given as many matters as the others, as far as their roles allow."),
    )  # fmt: skip
    last_on = day_field(words("Last working day"))
    reason = reason_field(words("Kept with the entry in the ledger as a hash; the text can be deleted."))
    end_roles = forms.BooleanField(
        label=_("End their roles in this body with that day"), required=False, initial=True,
        help_text=_("What others delegated to them here is taken back at once."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, staff: Sequence[User], today: date) -> None:
        super().__init__(data, initial={"last_on": today})
        self.staff = {user.pk: user for user in staff}
        leaver, receivers = self.fields["leaver"], self.fields["receivers"]
        assert isinstance(leaver, forms.TypedChoiceField)
        assert isinstance(receivers, forms.TypedMultipleChoiceField)
        leaver.choices = [("", gettext("Choose")), *((user.pk, user.name) for user in staff)]
        receivers.choices = [(user.pk, user.name) for user in staff if user.is_active]

    @property
    def people(self) -> tuple[User, list[User]]:
        """The leaver and the receivers that were chosen."""
        return self.staff[self.cleaned_data["leaver"]], [self.staff[pk] for pk in self.cleaned_data["receivers"]]
