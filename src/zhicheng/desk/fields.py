"""Fields that several forms of the desk share, and the form whose refusals come back at their fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhicheng.core.refused import Refused
from zhicheng.ground.ui.templatetags.house import sentence


class DeskForm(forms.Form):
    """A form that says a service's refusal where it belongs, with everything that was typed kept."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Puts the refusal at the field that it names, or above the form."""
        field = getattr(refused, "field", "")
        self.add_error(field if field in self.fields else None, sentence(refused.message, refused.params))


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """One day, by the browser's own calendar; label and help are English words to translate."""
    return forms.DateField(
        label=_(label), required=required, help_text=_(help_text) if help_text else "",
        input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-11-23.")},
    )  # fmt: skip


def reason_field(help_text: str) -> forms.CharField:
    """Why somebody does it: 2 to 200 characters, for 出差 says all there is to say."""
    return forms.CharField(
        label=_("Reason"), min_length=2, max_length=200, help_text=_(help_text),
        error_messages={"min_length": _("Say why in 2 characters or more.")},
    )  # fmt: skip
