"""What a colleague writes, and whom it is for."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.notes.rules import LONGEST_NOTE
from zhicheng.ground.notes.services import NoteRefused
from zhicheng.ground.ui.step_fields import LinesField
from zhicheng.ground.ui.templatetags.house import sentence


class NoteForm(forms.Form):
    """The note and the colleagues it mentions; `key` makes a repeated send one note."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = LinesField(
        label=_("Note to colleagues"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Read inside the bodies, never by reporter or company. @ and a name mentions a colleague. It is no "
            "step: what belongs to the history is added as a remark."
        ),
    )  # fmt: skip
    mentioned = forms.TypedMultipleChoiceField(
        label=_("Mention"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told, and find the note in their inbox."),
        error_messages={"invalid_choice": _("Somebody you chose may not see this matter.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, possible: list[User]) -> None:
        super().__init__(data)
        field = self.fields["mentioned"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(user.pk, _labelled(user)) for user in possible]
        if not possible:
            del self.fields["mentioned"]

    def refuse(self, refused: Refused) -> None:
        """Puts a refusal at the field that it names, or above the form."""
        field = refused.field if isinstance(refused, NoteRefused) and refused.field in self.fields else None
        self.add_error(field, sentence(refused.message, refused.params))


def _labelled(user: User) -> str:
    return f"{user.name} · {user.organization.name}" if user.organization else user.name
