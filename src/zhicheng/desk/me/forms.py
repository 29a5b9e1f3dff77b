"""Delegating a grant."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field, reason_field
from zhicheng.desk.rights import ShownGrant
from zhicheng.ground import clock
from zhicheng.ground.access.api import Grant, User, list_colleagues, list_grants

A_WEEK = timedelta(days=6)


class DelegateForm(DeskForm):
    """One of my grants, for a time, to a colleague of my organization."""

    grant = forms.ChoiceField(label=_("Which grant"))
    to_user = forms.ChoiceField(label=_("To whom"), help_text=_("A colleague of your organization."))
    valid_from = day_field(words("First day"))
    valid_to = day_field(words("Last day"), help_text=words("92 days at most. You can take it back before."))
    reason = reason_field(words("For example leave or a business trip. Your colleague reads it."))

    def __init__(self, data: Any = None, *, user: User, **settings: Any) -> None:
        today = clock.today()
        super().__init__(data, initial={"valid_from": today, "valid_to": today + A_WEEK}, **settings)
        shown = [ShownGrant(one, today) for one in list_grants(user)]
        self.grants = {str(one.grant.pk): one for one in shown if one.lasts}
        self.colleagues = {str(one.pk): one for one in list_colleagues(user)}
        choose = ("", gettext("Choose"))
        options = cast(forms.ChoiceField, self.fields["grant"])
        options.choices = [choose, *((pk, one.words) for pk, one in self.grants.items())]
        people = cast(forms.ChoiceField, self.fields["to_user"])
        people.choices = [choose, *((pk, f"{one.name} ({one.username})") for pk, one in self.colleagues.items())]

    def clean_grant(self) -> Grant:
        """The grant chosen."""
        return self.grants[self.cleaned_data["grant"]].grant

    def clean_to_user(self) -> User:
        """The colleague chosen."""
        return self.colleagues[self.cleaned_data["to_user"]]
