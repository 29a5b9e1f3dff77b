"""What is filled in to enter a company, a site or a product."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.core.access import Actor
from zhicheng.core.codes import IndustryCode, parse_social_credit_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field
from zhicheng.desk.records.naming import areas_for, estates_for
from zhicheng.desk.suggestions import LONGEST
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site, SiteKind
from zhicheng.ground.parties.api import ENTERED, Kind
from zhicheng.ground.ui.organization_field import OrganizationField
from zhicheng.ground.ui.templatetags.house import sentence

MOST_BUILDINGS = 100
LONGEST_NAME = 120


class EntryForm(DeskForm):
    """A form that enters one record: sent again, it enters nothing more."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"request_key": uuid4(), **(initial or {})})
        self.actor = actor

    def area_meant(self) -> Area | None:
        """The area that was typed or chosen, if any."""
        text = self.cleaned_data["area_text"]
        return areas_for(self.actor).meant(text, self.cleaned_data.get("area", "")) if text else None


def checked_industry(typed: str) -> str:
    """An industry code in its one form, or nothing. Raises ValidationError."""
    try:
        return IndustryCode.parse(typed).digits if typed else ""
    except Refused as refused:
        raise ValidationError(sentence(refused.message, refused.params)) from refused


class OrganizationForm(EntryForm):
    """A company, laboratory or other organization."""

    name = forms.CharField(
        label=_("Name of the organization"), max_length=LONGEST_NAME, help_text=_("As its licence says it.")
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("18 characters, of which two check the others. Nobody is entered twice."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"))
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    area_text = forms.CharField(
        label=_("Area"), max_length=LONGEST, help_text=_("Where it is registered: county, township or village.")
    )
    industry = forms.CharField(
        label=_("Industry code"), required=False, max_length=10,
        help_text=_("GB/T 4754, up to four digits, such as 4710 for building houses."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    telephone = forms.CharField(label=_("Telephone"), required=False, max_length=40)

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, actor=actor, initial=initial)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.value, Kind(one).label) for one in ENTERED]

    def clean_uscc(self) -> str:
        """The code in its one form."""
        try:
            typed = self.cleaned_data["uscc"]
            return parse_social_credit_code(typed) if typed else ""
        except Refused as refused:
            raise ValidationError(sentence(refused.message, refused.params)) from refused

    def clean_industry(self) -> str:
        """The code in its one form."""
        return checked_industry(self.cleaned_data["industry"])

    def clean_area_text(self) -> Area | None:
        """The area meant."""
        return self.area_meant()

    @property
    def given(self) -> dict[str, Any]:
        """The organization's fields as filled in."""
        given = self.cleaned_data
        fields = ("name", "uscc", "kind", "industry", "address", "telephone")
        return {"area": given["area_text"], **{field: given[field] for field in fields}}


class PlaceForm(EntryForm):
    """What is known of any site, and where it lies."""

    name = forms.CharField(
        label=_("Name or number"),
        max_length=LONGEST_NAME,
        help_text=_("Of an estate its name, of a building its number."),
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    parent_text = forms.CharField(
        label=_("Estate or project"), required=False, max_length=LONGEST,
        help_text=_("For a building of an estate that is entered already."),
    )  # fmt: skip
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    area_text = forms.CharField(
        label=_("Area"), required=False, max_length=LONGEST,
        help_text=_("Township or village. Left open: that of the estate."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    completed_on = day_field(words("Completed on"), required=False)

    def clean_parent_text(self) -> Site | None:
        """The estate meant."""
        text = self.cleaned_data["parent_text"]
        return estates_for(self.actor).meant(text, self.cleaned_data.get("parent", "")) if text else None

    def clean_area_text(self) -> Area | None:
        """The area meant."""
        return self.area_meant()


class SiteForm(PlaceForm):
    """An estate with its buildings, a building, a shop or another site."""

    kind = forms.ChoiceField(label=_("Kind"))
    buildings = forms.CharField(
        label=_("Buildings of the estate"), required=False, max_length=MOST_BUILDINGS * (LONGEST_NAME + 2),
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One a line, such as 3号楼; at most 100."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, actor=actor, initial=initial)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = SiteKind.choices

    def clean_buildings(self) -> list[str]:
        """The buildings' names, each once, in their order."""
        lines = [line.strip() for line in self.cleaned_data["buildings"].splitlines()]
        names = list(dict.fromkeys(filter(None, lines)))
        if len(names) > MOST_BUILDINGS:
            message = words("{count} buildings are named; at most {limit} can be entered at once")
            raise ValidationError(sentence(message, {"count": len(names), "limit": MOST_BUILDINGS}))
        if long := next((name for name in names if len(name) > LONGEST_NAME), None):
            message = words("“{name}…” has {count} characters; a name has at most {limit}")
            params = {"name": long[:20], "count": len(long), "limit": LONGEST_NAME}
            raise ValidationError(sentence(message, params))
        return names

    def clean(self) -> dict[str, Any]:
        """An estate has no estate and a building no buildings; without an estate the area has to be named."""
        given = super().clean() or {}
        project = given.get("kind") == SiteKind.PROJECT
        if project and given.get("parent_text"):
            self.add_error("parent_text", gettext("An estate or project lies in no other."))
        if not project and given.get("buildings"):
            self.add_error("buildings", gettext("Only an estate or project has buildings."))
        if not given.get("area_text") and not given.get("parent_text") and not self.errors:
            self.add_error("area_text", gettext("Name the area, or the estate that the building belongs to."))
        return given


class LabelForm(EntryForm):
    """What is known of a product by its label."""

    name = forms.CharField(label=_("Name of the product"), max_length=LONGEST_NAME)
    trademark = forms.CharField(label=_("Trademark"), required=False, max_length=80)
    model = forms.CharField(
        label=_("Model"), required=False, max_length=80, help_text=_("Type, size or grade, as the label says it.")
    )
    standard = forms.CharField(
        label=_("Standard on its label"), required=False, max_length=120, help_text=_("Such as GB/T 5749-2022.")
    )
    industry = forms.CharField(
        label=_("Industry code"), required=False, max_length=10, help_text=_("GB/T 4754, up to four digits.")
    )

    def clean_industry(self) -> str:
        """The code in its one form."""
        return checked_industry(self.cleaned_data["industry"])


class ProductForm(LabelForm):
    """A product with its producer and a seller."""

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, actor=actor, initial=initial)
        advice = _("Type a part of the name and choose. One of the two has to be in the areas of your body.")
        common: dict[str, Any] = {"near": actor.areas, "required": False}
        self.fields["producer"] = OrganizationField(gettext("Producer"), "party", help_text=advice, **common)
        self.fields["seller"] = OrganizationField(gettext("Seller"), "party", **common)
        self.order_fields(["name", "trademark", "model", "producer", "seller", "standard", "industry"])
