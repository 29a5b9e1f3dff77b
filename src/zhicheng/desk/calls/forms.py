"""What is written down during a call, in the order in which it is said."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.api import CaseKind, kinds_chosen, kinds_for, needs_of
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.phones import parse_phone
from zhicheng.core.process import Need
from zhicheng.core.refused import Refused
from zhicheng.desk.calls.naming import Place, category_meant, place_meant
from zhicheng.desk.fields import DeskForm
from zhicheng.ground.packs.api import Term, list_terms
from zhicheng.ground.ui.step_fields import field_for
from zhicheng.ground.ui.templatetags.house import sentence, words_of

LINES = "hotline.line"
LONGEST_CALL = timedelta(hours=4)
TOLD = "told-"


class CallForm(DeskForm):
    """One call. A call that opens a case says where and what; one that is answered or added to a case need not."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    began_at = forms.DateTimeField(widget=forms.HiddenInput)
    line = forms.ChoiceField(label=_("Line"))
    phone = forms.CharField(
        label=_("Reporter's number"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "autofocus": True}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    progress = forms.BooleanField(label=_("The reporter agrees to be texted how it goes on"), required=False)
    description = forms.CharField(
        label=_("What the reporter says"), min_length=4, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    place_text = forms.CharField(label=_("Where"), max_length=100)
    detail = forms.CharField(label=_("Unit, floor, room"), required=False, max_length=80)
    category = forms.CharField(required=False, widget=forms.HiddenInput)
    category_text = forms.CharField(label=_("What is wrong"), max_length=100)
    kinds = forms.MultipleChoiceField(
        label=_("What the reporter asks for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    respondent = forms.CharField(label=_("Company, if it is known"), required=False, max_length=120)

    def __init__(self, data: Any = None, *, actor: Actor, now: datetime, opens: bool = True) -> None:
        super().__init__(data, initial={"request_key": uuid4(), "began_at": now.isoformat()})
        self.actor, self.now, self.opens = actor, now, opens
        self.asked: dict[str, Need] = {}
        line = self.fields["line"]
        assert isinstance(line, forms.ChoiceField)
        line.choices = lines_for(actor)
        for name in ("place_text", "category_text"):
            self.fields[name].required = opens
        if data is not None and (term := self._term(data)) is not None:
            self.ask(term, kinds_chosen(term.catalogue, data.getlist("kinds")))

    def clean_phone(self) -> str:
        """The number as typed, if it is one."""
        typed = str(self.cleaned_data["phone"]).strip()
        if typed:
            try:
                parse_phone(typed)
            except Refused as refused:
                raise ValidationError(sentence(refused.message, refused.params)) from refused
        return typed

    def clean_began_at(self) -> datetime:
        """When the call began: a page that was left open since long ago began no call then."""
        began: datetime = self.cleaned_data["began_at"]
        return began if timedelta() <= self.now - began <= LONGEST_CALL else self.now

    def ask(self, category: Term, kinds: tuple[CaseKind, ...]) -> None:
        """Adds what the tables of these kinds ask at the opening, and the choice of kinds where there is one."""
        offered = kinds_for(category.catalogue)
        choice = self.fields["kinds"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(kind.key, words_of(kind.label)) for kind in offered] if len(offered) > 1 else []
        choice.initial = [kind.key for kind in kinds]
        today = local(self.now).date()
        for need in needs_of(kinds, today):
            self.asked[need.key] = need
            field = field_for(need, area_path=_path_of(self.actor), today=today, opened_on=today)
            field.required = field.required and self.opens
            self.fields[TOLD + need.key] = field

    def clean_place_text(self) -> Place | None:
        """The place meant; asked only where a case is opened."""
        if not self.opens:
            return None
        return place_meant(self.actor, self.cleaned_data["place_text"], self.data.get("place", ""))

    def clean_category_text(self) -> Term | None:
        """The category meant; asked only where a case is opened."""
        if not self.opens:
            return None
        return category_meant(
            _path_of(self.actor), self.cleaned_data["category_text"], self.data.get("category", "")
        )

    @property
    def told(self) -> dict[str, Any]:
        """The answers to what the tables ask."""
        answers = {key: self.cleaned_data.get(TOLD + key) for key in self.asked}
        return {key: value for key, value in answers.items() if value not in (None, "", [])}

    def _term(self, data: Any) -> Term | None:
        try:
            return category_meant(_path_of(self.actor), data.get("category_text", ""), data.get("category", ""))
        except ValidationError:
            return None


def lines_for(actor: Actor) -> list[tuple[str, str]]:
    """The lines on which the actor's centre is called."""
    return [(term.code, term.label) for term in list_terms(LINES, _path_of(actor))]


def _path_of(actor: Actor) -> str:
    """The widest area for which the actor takes calls."""
    return min(actor.areas, key=len, default="/")
