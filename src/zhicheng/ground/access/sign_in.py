"""The forms with which people sign in: the names that their errors call fields by are those beside the fields."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignInForm(LoginForm):  # type: ignore[misc]
    """Asks for a login name, and calls it that in its errors too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name")
        self.fields["password"].label = _("Password")


class _CodeNamed(forms.Form):
    """Asks for a code of the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = pgettext_lazy("second factor", "Code")


class SecondFactorForm(_CodeNamed, AuthenticateForm):  # type: ignore[misc]
    """Asks for it at signing in."""


class SecondFactorAgainForm(_CodeNamed, ReauthenticateForm):  # type: ignore[misc]
    """Asks for it before something grave."""


class SetUpSecondFactorForm(_CodeNamed, ActivateTOTPForm):  # type: ignore[misc]
    """Asks for the first one, at setting it up."""
