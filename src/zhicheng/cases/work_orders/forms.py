"""What is asked before work orders are imported, and before answers are handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.importing.forms import EarlierSystemForm
from zhicheng.cases.work_orders.answering import Period
from zhicheng.cases.work_orders.plans import checked_hotline
from zhicheng.core.refused import Refused
from zhicheng.ground.ui.templatetags.house import sentence

NEW, PERIOD = "new", "period"


class HotlineForm(EarlierSystemForm):
    """From which hotline the file comes, and which column holds which field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].label = gettext("External hotline")
        self.fields["system"].help_text = gettext(
            "A short name such as jining-12345, the same as over the interface. Its numbers tell work orders "
            "apart: a file imported again under the same name changes nothing."
        )

    def clean_system(self) -> str:
        """The name in its one form."""
        try:
            return checked_hotline(self.cleaned_data["system"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused


class AnswersForm(forms.Form):
    """Which hotline, and whether it is told what is new or what moved within some days."""

    system = forms.ChoiceField(label=_("External hotline"))
    what = forms.ChoiceField(label=_("What it is told"), widget=forms.RadioSelect, initial=NEW)
    first_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, systems: list[str]) -> None:
        super().__init__(data)
        choices = {
            "system": [(one, one) for one in systems],
            "what": [(NEW, gettext("Only what is new since it was told last")),
                     (PERIOD, gettext("Everything that moved within these days"))],
        }  # fmt: skip
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options

    def clean(self) -> dict[str, Any]:
        """A period has both days."""
        given = super().clean() or {}
        if given.get("what") == PERIOD:
            for name in ("first_on", "last_on"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Give the day: a period has a first and a last one."))
        return given

    @property
    def period(self) -> Period | None:
        """The days that were asked for."""
        given = self.cleaned_data
        return Period(given["first_on"], given["last_on"]) if given["what"] == PERIOD else None
