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
    """A code of the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = pgettext_lazy("second factor", "Code")


class SecondFactorForm(_CodeNamed, AuthenticateForm):  # type: ignore[misc]
    """The code that is asked for at signing in: the authenticator's, or a recovery code."""


class SecondFactorAgainForm(_CodeNamed, ReauthenticateForm):  # type: ignore[misc]
    """The code that is asked for again before something grave."""


class SetUpSecondFactorForm(_CodeNamed, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator, at setting it up."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError: recovery codes are not taken here."""
        try:
            return str(super().clean_code())
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            told = _("This is not the code that the authenticator shows now.")
            raise forms.ValidationError(told, code=error.code) from None
