"""What an import of historical cases asks for besides its columns."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.importing.plans import LONGEST_SYSTEM, checked_system
from zhicheng.core.refused import Refused
from zhicheng.ground.importing.api import ColumnsForm
from zhicheng.ground.ui.templatetags.house import sentence


class EarlierSystemForm(ColumnsForm):
    """From which system the file comes, and which column holds which field."""

    before: ClassVar[tuple[str, ...]] = ("system",)

    system = forms.CharField(
        label=_("Earlier system"), max_length=LONGEST_SYSTEM,
        help_text=_("Its numbers tell cases apart: a file imported again under the same name changes nothing."),
    )  # fmt: skip
    days_only = forms.BooleanField(
        label=_("The times are days without a time of day"), required=False,
        help_text=_("Otherwise a row whose time of day is missing is refused."),
    )  # fmt: skip

    def clean_system(self) -> str:
        """The name in its one form."""
        try:
            return checked_system(self.cleaned_data["system"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused

    def options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The system, and whether its times are days."""
        return {"system": given.get("system", ""), "days_only": bool(given.get("days_only"))}

    def name(self, given: Mapping[str, Any]) -> str:
        """The system."""
        return str(given.get("system", ""))
