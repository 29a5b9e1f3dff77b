"""Delegating a grant."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.emails import parse_email
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field, reason_field
from zhicheng.desk.rights import ShownGrant
from zhicheng.ground import clock
from zhicheng.ground.access.api import Grant, User, list_colleagues, list_grants
from zhicheng.ground.notices.api import TOPICS, Topic, topics_by_email
from zhicheng.ground.ui.templatetags.house import sentence, words_of

A_WEEK = timedelta(days=6)


class NoticesForm(DeskForm):
    """Where and about what I am sent e-mail; my inbox has everything."""

    email = forms.CharField(
        label=_("My e-mail address"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}), help_text=_("Without one nothing is sent."),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("E-mail about"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Your inbox has every notice in any case, because work waits there."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, **settings: Any) -> None:
        chosen = [str(topic) for topic in topics_by_email(user)]
        super().__init__(data, initial={"topics": chosen, "email": user.email}, prefix="notices", **settings)
        topics = cast(forms.MultipleChoiceField, self.fields["topics"])
        topics.choices = [(str(topic), words_of(label)) for topic, label in TOPICS.items()]

    def clean_email(self) -> str:
        """The address as it is written to, if it is one."""
        typed = self.cleaned_data["email"].strip()
        try:
            return parse_email(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused

    def clean_topics(self) -> frozenset[Topic]:
        """The topics chosen."""
        return frozenset(Topic(one) for one in self.cleaned_data["topics"])


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
