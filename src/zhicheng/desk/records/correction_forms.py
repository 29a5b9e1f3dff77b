"""What is filled in to correct a company, a site or a product that was entered."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.desk.fields import reason_field
from zhicheng.desk.records.forms import EntryForm, LabelForm, OrganizationForm, PlaceForm
from zhicheng.ground.objects.api import Product, Site, SiteKind
from zhicheng.ground.parties.api import Organization

OF_ORGANIZATIONS = ("name", "uscc", "kind", "area_id", "industry", "address", "telephone")
OF_SITES = ("name", "parent_id", "area_id", "address", "completed_on")
OF_PRODUCTS = ("name", "trademark", "model", "standard", "industry")


def state_of(record: Organization | Site | Product) -> str:
    """Tells apart how a record stood when somebody began to correct it."""
    fields = (
        OF_PRODUCTS if isinstance(record, Product) else OF_SITES if isinstance(record, Site) else OF_ORGANIZATIONS
    )
    return sha256("\x1f".join(str(getattr(record, field)) for field in fields).encode()).hexdigest()


def _initial(record: Any, fields: Sequence[str]) -> dict[str, Any]:
    values = {field: getattr(record, field) for field in fields if not field.endswith("_id")}
    return values | {"seen": state_of(record)}


def _add_reason(form: EntryForm) -> None:
    """Every correction says why, and from which state; `seen` tells what the person had before them."""
    form.fields["seen"] = forms.CharField(widget=forms.HiddenInput)
    form.fields["reason"] = reason_field(words("For example what document shows it. The ledger keeps its hash."))


class OrganizationCorrectionForm(OrganizationForm):
    """Corrections of an organization."""

    def __init__(self, data: Any = None, *, actor: Actor, record: Organization) -> None:
        place = {"area": record.area_id, "area_text": record.area.name, "uscc": record.uscc or ""}
        super().__init__(data, actor=actor, initial=_initial(record, OF_ORGANIZATIONS) | place)
        _add_reason(self)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields as they shall be."""
        return self.given | {"uscc": self.given["uscc"] or None}


class SiteCorrectionForm(PlaceForm):
    """Corrections of a site; an estate lies in no other."""

    def __init__(self, data: Any = None, *, actor: Actor, record: Site) -> None:
        place: dict[str, Any] = {"area": record.area_id, "area_text": record.area.name}
        if record.parent:
            place |= {"parent": record.parent_id, "parent_text": record.parent.name}
        super().__init__(data, actor=actor, initial=_initial(record, OF_SITES) | place)
        area = self.fields["area_text"]
        area.required, area.help_text = True, gettext("Township or village.")
        if record.kind == SiteKind.PROJECT:
            del self.fields["parent"], self.fields["parent_text"]
        _add_reason(self)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields as they shall be."""
        given = self.cleaned_data
        return {
            "name": given["name"], "area": given["area_text"], "parent": given.get("parent_text"),
            "address": given["address"], "completed_on": given["completed_on"],
        }  # fmt: skip


class ProductCorrectionForm(LabelForm):
    """Corrections of what a product's label says."""

    def __init__(self, data: Any = None, *, actor: Actor, record: Product) -> None:
        super().__init__(data, actor=actor, initial=_initial(record, OF_PRODUCTS))
        _add_reason(self)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields as they shall be."""
        return {field: self.cleaned_data[field] for field in OF_PRODUCTS}
