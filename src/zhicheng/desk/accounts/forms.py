"""What a security administrator fills in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field, reason_field
from zhicheng.desk.suggestions import AREAS, LONGEST, ORGANIZATIONS
from zhicheng.ground import clock
from zhicheng.ground.access.api import DOMAINS, GRANTABLE, Grant, User, role_label
from zhicheng.ground.areas.api import Area
from zhicheng.ground.interface.api import SCOPES, Scope
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.templatetags.house import words_of

USUAL_LIFE = timedelta(days=365)
"""How long a key lasts unless another day is chosen."""
LOGIN_NAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]+\Z", _("Use letters a to z, digits, dots, hyphens and underscores, two at least.")
)


class OpenForm(DeskForm):
    """A new account. Its owner sets the password by a link, so that nobody else ever knows it."""

    username = forms.CharField(
        label=_("Login name"), max_length=60, validators=[LOGIN_NAME],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Letters, digits, dots, hyphens. It cannot be changed later."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Stands beside everything the person does.")
    )
    organization = forms.CharField(required=False, widget=forms.HiddenInput)
    organization_text = forms.CharField(
        label=_("Organization"), max_length=LONGEST, help_text=_("Type a part of its name and choose.")
    )
    is_program = forms.BooleanField(
        label=_("The account of a program"), required=False,
        help_text=_("Nobody signs in by it; the program shows a key that you issue to it."),
    )  # fmt: skip

    def clean_organization_text(self) -> Organization:
        """The organization meant."""
        return ORGANIZATIONS.meant(
            self.cleaned_data["organization_text"], self.cleaned_data.get("organization", "")
        )


class GrantForm(DeskForm):
    """A role in an organization for a time, narrowed to an area or a domain if need be."""

    role = forms.ChoiceField(label=_("Role"))
    organization = forms.CharField(required=False, widget=forms.HiddenInput)
    organization_text = forms.CharField(
        label=_("Organization"), max_length=LONGEST,
        help_text=_("The role holds for its departments too, in what it is competent for."),
    )  # fmt: skip
    domain = forms.ChoiceField(
        label=_("Only for the domain"), required=False, help_text=_("Left open: every domain of the organization.")
    )
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    area_text = forms.CharField(
        label=_("Only in the area"), required=False, max_length=LONGEST,
        help_text=_("Name or code. Left open: the whole area of the organization."),
    )  # fmt: skip
    valid_from = day_field(words("First day"))
    valid_to = day_field(words("Last day"), required=False, help_text=words("Left open: until it is ended."))
    reason = reason_field(words("For example the order of appointment. The ledger keeps its hash."))

    def __init__(self, data: Any = None, *, user: User, **settings: Any) -> None:
        initial: dict[str, Any] = {"valid_from": clock.today()}
        if user.organization:
            initial |= {"organization": user.organization_id, "organization_text": user.organization.name}
        super().__init__(data, prefix="grant", initial=initial, **settings)
        chosen = ("", gettext("Choose"))
        everything = ("", gettext("All of its domains"))
        self.fields["role"].choices = [chosen, *((role, role_label(role)) for role in GRANTABLE)]  # type: ignore[attr-defined]
        domains = ((domain, words_of(label)) for domain, label in DOMAINS.items())
        self.fields["domain"].choices = [everything, *domains]  # type: ignore[attr-defined]

    def clean_organization_text(self) -> Organization:
        """The organization meant."""
        return ORGANIZATIONS.meant(
            self.cleaned_data["organization_text"], self.cleaned_data.get("organization", "")
        )

    def clean_area_text(self) -> Area | None:
        """The area meant, if one is named."""
        text = self.cleaned_data["area_text"]
        return AREAS.meant(text, self.cleaned_data.get("area", "")) if text else None


class EndForm(DeskForm):
    """The last day of a grant."""

    last_on = day_field(words("Last day"), help_text=words("The role holds until the end of this day."))

    def __init__(self, data: Any = None, *, grant: Grant, **settings: Any) -> None:
        super().__init__(data, prefix=f"end-{grant.pk}", initial={"last_on": clock.today()}, **settings)
        self.grant = grant


class SureForm(DeskForm):
    """Nothing to fill in: the button says it."""


class KeyForm(DeskForm):
    """A new key: what it is called, what it is for, and until when."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=60, help_text=_("Tells keys apart, such as “hotline, test”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the key is for"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What it may see and do is what the account's grants allow, never more."),
    )  # fmt: skip
    last_on = day_field(words("Last day"), help_text=words("Two years from now at most."))

    def __init__(self, data: Any = None) -> None:
        initial = {"scopes": [Scope.READ], "last_on": clock.today() + USUAL_LIFE}
        super().__init__(data, prefix="key", initial=initial)
        self.fields["scopes"].choices = [(one, words_of(label)) for one, label in SCOPES.items()]  # type: ignore[attr-defined]
