"""What is asked before work orders are imported, and before answers are handed over."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.importing.forms import EarlierSystemForm
from zhicheng.cases.kinds import kinds_for
from zhicheng.cases.suggesting.queries import categories_of
from zhicheng.cases.work_orders.answering import Period
from zhicheng.cases.work_orders.columns import Field
from zhicheng.cases.work_orders.meanings import MEANINGS, named_categories, unknown_words
from zhicheng.cases.work_orders.plans import checked_hotline
from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.ground.ui.templatetags.house import sentence, words_of
from zhicheng.ground.ui.widgets import Select

NEW, PERIOD = "new", "period"


class HotlineForm(EarlierSystemForm):
    """From which hotline the file comes, which column holds which field, what its words for categories mean."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].label = gettext("External hotline")
        self.fields["system"].help_text = gettext(
            "A short name such as jining-12345, the same as over the interface. Its numbers tell work orders "
            "apart: a file imported again under the same name changes nothing."
        )
        self.unknown = {_key(named): named for named in self._unknown_words()}
        choices = [("", gettext("— not imported —")), *self._categories()]
        said: Mapping[str, str] = self.proposed.options.get(MEANINGS, {})
        for key, named in self.unknown.items():
            label = gettext("Their “%(words)s” is here") % {"words": named}
            self.fields[key] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=said.get(fold(named), ""), widget=Select()
            )

    def clean_system(self) -> str:
        """The name in its one form."""
        try:
            return checked_hotline(self.cleaned_data["system"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused

    def options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Also what their words mean: what was said of this file, and before of words that are not in it."""
        asked = {fold(named): given.get(key) for key, named in self.unknown.items()}
        said = {**self.proposed.options.get(MEANINGS, {}), **asked}
        return super().options(given) | {MEANINGS: {named: code for named, code in said.items() if code}}

    def _unknown_words(self) -> list[str]:
        chosen = self.data.get(Field.CATEGORY) if self.is_bound else self.proposed.columns.get(Field.CATEGORY)
        column = read_id(str(chosen)) if chosen not in (None, "") else None
        return unknown_words(self.table, column, named_categories(self._path))

    def _categories(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every category below what it leads to."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, term in categories_of(self._path).items():
            groups.setdefault(words_of(kinds_for(term.catalogue)[0].label), []).append((code, term.label))
        return list(groups.items())

    @property
    def _path(self) -> str:
        assert self.proposed.organization is not None, "work orders are taken by a hotline centre"
        return self.proposed.organization.area.path


def _key(named: str) -> str:
    """The name of the field that asks what words mean."""
    return f"means-{sha256(fold(named).encode()).hexdigest()[:12]}"


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
