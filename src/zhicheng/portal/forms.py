"""What a citizen fills in. Every message says what was expected; the view keeps what was typed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.cases.api import needs_of
from zhicheng.core.codes import RecordNumber, parse_tracking_code
from zhicheng.core.emails import parse_email
from zhicheng.core.phones import parse_phone
from zhicheng.core.process import Need
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground.areas.api import City
from zhicheng.ground.files.api import IMAGES, PDF, Checked, FileRefused, accept_upload
from zhicheng.ground.kept import kept
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term, term_tree
from zhicheng.ground.ui.step_fields import field_for
from zhicheng.ground.ui.templatetags.house import sentence, words_of
from zhicheng.portal.doors import HOME, Door
from zhicheng.portal.places import LevelChoice

TOLD = "told-"
"""Begins the names of fields that ask what the tables ask at the opening."""
MAX_PHOTOS = 9
MEGABYTE = 1024 * 1024


class ManyFiles(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photographs, each checked by its content."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        """The checked photographs; raises ValidationError naming each file that was refused."""
        uploads: list[UploadedFile] = [one for one in (data or []) if one]
        if len(uploads) > MAX_PHOTOS:
            message = words("Choose at most {limit} photographs; these are {count}.")
            raise forms.ValidationError(sentence(message, {"limit": MAX_PHOTOS, "count": len(uploads)}))
        checked, errors = [], []
        for upload in uploads:
            try:
                checked.append(accept_upload(upload=upload, purpose="complaint", allowed=IMAGES))
            except FileRefused as refused:
                errors.append(sentence(refused.message, refused.params))
        if errors:
            raise forms.ValidationError(errors)
        return checked


class TermField(forms.ChoiceField):
    """A choice of terms. A code is looked up; options are made only where they are shown."""

    terms: dict[str, Term] = {}

    def offer(self, terms: dict[str, Term], groups: list[tuple[str, Any]]) -> None:
        """Sets the terms by code, and how they are grouped in the select."""
        self.terms = terms
        self.choices = lambda: [("", gettext("Choose")), *groups]

    def valid_value(self, value: Any) -> bool:
        """Whether the code is one of the terms."""
        return value in self.terms


class ComplaintForm(forms.Form):
    """What somebody says at one of the doors. The place is chosen beside it (see `places`)."""

    county = forms.CharField(label=_("County"), required=False, widget=forms.HiddenInput)
    township = forms.CharField(label=_("Township or subdistrict"), required=False, widget=forms.HiddenInput)
    category = TermField(label=_("What is wrong"))
    site_text = forms.CharField(
        label=_("Estate or building"), required=False, max_length=120,
        help_text=_("For example 阳光花园3号楼. Choose a suggestion if one fits; your own words are fine too."),
    )  # fmt: skip
    site = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=80)
    kinds = forms.MultipleChoiceField(
        label=_("What do you want?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(
        label=_("What happened"), max_length=4000, min_length=10,
        widget=forms.Textarea(attrs={"rows": 6, "data-draft": ""}),
    )  # fmt: skip
    photos = PhotosField(
        label=_("Photographs"), required=False,
        help_text=_("Up to 9. The place and time stored inside a photograph are removed."),
    )  # fmt: skip
    respondent = forms.CharField(required=False, max_length=120)
    name = forms.CharField(label=_("Your name"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("Your telephone number"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("We call back when the work is done. Without a number nobody can."),
    )  # fmt: skip
    email = forms.CharField(
        label=_("Your e-mail address"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("If you would rather be written to."),
    )  # fmt: skip
    progress = forms.BooleanField(
        label=_("Tell me how it goes on"), required=False,
        help_text=_("By text message or e-mail, until you say stop. Whether the matter is taken up and how it "
                    "ends you are told in any case."),
    )  # fmt: skip
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, files: Any = None, *, city: City, today: date, door: Door = HOME
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial={"request_key": uuid4()})
        self.city, self.door = city, door
        self.chosen = door.chosen(data.getlist("kinds") if data else ())
        self.asked: dict[str, Need] = {}
        self.terms, groups = _offered(door.catalogues, city.area.path, get_language() or "")
        field = self.fields["category"]
        assert isinstance(field, TermField)
        field.offer(self.terms, groups)
        self._speak(door)
        self._ask(door, today)

    def _speak(self, door: Door) -> None:
        """Labels and helps in the words of the door."""
        place, wishes = self.fields["place"], self.fields["kinds"]
        assert isinstance(wishes, forms.MultipleChoiceField)
        place.label = gettext("Unit, floor, room") if door is HOME else gettext("Where exactly")
        place.help_text = words_of(door.where)
        self.fields["description"].help_text = words_of(door.tell)
        self.fields["respondent"].label = words_of(door.respondent)
        wishes.choices = [(key, words_of(wish)) for key, wish in door.wishes]
        wishes.initial = [kind.key for kind in self.chosen]
        if not door.asks_site:
            del self.fields["site_text"], self.fields["site"]

    def _ask(self, door: Door, today: date) -> None:
        """What the tables ask at the opening; an answer is needed only for what was chosen."""
        needed = {need.key for need in needs_of(self.chosen, today)}
        for need in needs_of(door.kinds, today):
            field = field_for(need, area_path=self.city.area.path, today=today, opened_on=today)
            field.required = field.required and need.key in needed
            self.fields[TOLD + need.key] = field
            self.asked[need.key] = need
        if not door.named.isdisjoint(kind.key for kind in self.chosen):
            for name in ("name", "phone"):
                self.fields[name].required = True
            self.fields["phone"].help_text = gettext("We call back when the work is done.")

    @property
    def told_fields(self) -> list[forms.BoundField]:
        """The further fields of the door."""
        return [self[TOLD + key] for key in self.asked]

    @property
    def told(self) -> dict[str, Any]:
        """The answers to what the tables of the chosen kinds ask."""
        answers = {key: self.cleaned_data.get(TOLD + key) for key in self.asked}
        return {key: value for key, value in answers.items() if value not in (None, "", [])}

    def add_place_errors(self, levels: Iterable[LevelChoice]) -> None:
        """Says what is wrong with the place as well, so that one summary names and reaches every field."""
        for level in levels:
            if level.error:
                self.add_error(level.name, level.error)

    def clean_category(self) -> Term:
        """The chosen term."""
        return self.terms[self.cleaned_data["category"]]

    def clean_phone(self) -> str:
        """The number as typed, if it is one."""
        typed = self.cleaned_data["phone"].strip()
        if typed:
            try:
                parse_phone(typed)
            except Refused as refused:
                raise forms.ValidationError(sentence(refused.message, refused.params)) from refused
        return str(typed)

    def clean_email(self) -> str:
        """The address as it is written to, if it is one."""
        typed = self.cleaned_data["email"].strip()
        try:
            return parse_email(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be told says where."""
        given = super().clean() or self.cleaned_data
        if given.get("progress") and not (
            self.data.get("phone", "").strip() or self.data.get("email", "").strip()
        ):
            self.add_error("progress", gettext("Give a telephone number or an e-mail address to be told."))
        return given

    def clean_site(self) -> Site | None:
        """The chosen site, if it lies in this city; a text that was changed since points at nothing."""
        chosen = read_id(self.cleaned_data["site"])
        if chosen is None:
            return None
        site = Site.objects.select_related("area", "parent").filter(id=chosen).first()
        return site if site and site.area.path.startswith(self.city.area.path) else None


@kept
def _offered(
    catalogues: tuple[str, ...], area_path: str, language: str
) -> tuple[dict[str, Term], list[tuple[str, Any]]]:
    """The categories of a city by code, and as the groups of a select in the language of the page."""
    terms: dict[str, Term] = {}
    groups: list[tuple[str, Any]] = []
    for branch in (one for catalogue in catalogues for one in term_tree(catalogue, area_path)):
        leaves = [leaf.term for leaf in branch.below] or [branch.term]
        terms |= {term.code: term for term in leaves}
        options = [(term.code, term.label) for term in leaves]
        groups.append((branch.term.label, options) if branch.below else options[0])
    return terms, groups


class TrackingForm(forms.Form):
    """The number and the secret of a case."""

    number = forms.CharField(label=_("Case number"), max_length=60)
    secret = forms.CharField(label=_("Secret"), max_length=60)

    def clean_number(self) -> str:
        """The number as it is printed."""
        return self._parsed(lambda typed: str(RecordNumber.parse(typed)), "number")

    def clean_secret(self) -> str:
        """The secret as it is printed."""
        return self._parsed(parse_tracking_code, "secret")

    def _parsed(self, parse: Any, name: str) -> str:
        try:
            return str(parse(self.cleaned_data[name]))
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused


class VerifyForm(forms.Form):
    """The code of a document."""

    code = forms.CharField(
        label=_("Code of the document"), max_length=40,
        help_text=_("Sixteen letters and digits beside the QR code, such as 0123-4567-89AB-CDEF."),
    )  # fmt: skip

    def clean_code(self) -> str:
        """The code as it is printed."""
        try:
            return parse_tracking_code(self.cleaned_data["code"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.message, refused.params)) from refused


class PaperForm(forms.Form):
    """A PDF to compare with the document's own."""

    file = forms.FileField(
        label=_("Your PDF of the document"), allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=_("It is compared byte for byte and not kept."),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """The file, if it is no larger than a PDF can be here."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > PDF.limit_bytes:
            message = words("The file has more than {limit} MB; no document here is that large.")
            raise forms.ValidationError(sentence(message, {"limit": PDF.limit_bytes // MEGABYTE}))
        return file
