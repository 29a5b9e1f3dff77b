"""What a field says when something is wrong with it, in every form.

The framework's sentences name no field. They are replaced where all forms meet, at the bound field
(`FORM_RENDERER`); a sentence that a form or a field brings itself stays as it is.
"""

import copy
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList

from zhicheng.core.words import words
from zhicheng.ground.ui.templatetags.house import sentence

INCOMPLETE = words("The form was not complete: load the page again. What you typed stands below.")
"""Something that nobody types is missing or was changed on its way."""
LONGEST_VALUE = 40
_CHOICE = words("“{value}” is not one of the choices for “{label}”.")
_WHOLE = words("“{label}” must be a whole number.")
_UNDERSTOOD = words("“{label}” is not in the form that was expected.")
_FRAMEWORKS: tuple[tuple[Any, str], ...] = (
    (forms.Field.default_error_messages["required"], words("“{label}” is missing.")),
    (validators.MaxLengthValidator.message,
     words("“{label}” has {count} characters; at most {limit} are allowed.")),
    (validators.MinLengthValidator.message,
     words("“{label}” needs at least {limit} characters; it has {count}.")),
    (validators.MaxValueValidator.message, words("“{label}” is {count}; at most {limit} is allowed.")),
    (validators.MinValueValidator.message, words("“{label}” is {count}; at least {limit} is needed.")),
    (forms.ChoiceField.default_error_messages["invalid_choice"], _CHOICE),
    (forms.MultipleChoiceField.default_error_messages["invalid_choice"], _CHOICE),
    (forms.ModelChoiceField.default_error_messages["invalid_choice"], _CHOICE),
    (forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"], _CHOICE),
    (forms.ModelMultipleChoiceField.default_error_messages["invalid_pk_value"], _CHOICE),
    (forms.IntegerField.default_error_messages["invalid"], _WHOLE),
    (forms.DateField.default_error_messages["invalid"], words("“{label}” must be a date such as 2026-11-23.")),
    (forms.UUIDField.default_error_messages["invalid"], _UNDERSTOOD),
    (forms.URLField.default_error_messages["invalid"], _UNDERSTOOD),
    (forms.FileField.default_error_messages["invalid"], words("“{label}” is missing.")),
    (forms.FileField.default_error_messages["empty"], words("“{label}” is an empty file.")),
    (validators.ProhibitNullCharactersValidator.message,
     words("“{label}” holds a character that cannot be kept; write it again without it.")),
)  # fmt: skip
"""What the framework would say, and what is said in its place."""


class NamedField(forms.BoundField):
    """A field of a form whose errors name it, with the limit and what was found."""

    @property
    def errors(self) -> ErrorList:
        """What is wrong with it, in the words of the house."""
        told = super().errors
        if not told:
            return told
        ours = copy.copy(told)
        ours.data = [self._told(error) for error in told.as_data()]
        return ours

    def _told(self, error: ValidationError) -> ValidationError:
        ours = next((ours for theirs, ours in _FRAMEWORKS if error.message is theirs), "")
        if not ours:
            return error
        if self.is_hidden:
            return ValidationError(sentence(INCOMPLETE, {}), error.code)
        params = error.params or {}
        value = str(params.get("value", params.get("pk", "")))[:LONGEST_VALUE]
        told = {"count": params.get("show_value"), "limit": params.get("limit_value"), "value": value}
        return ValidationError(sentence(ours, {"label": self.label, **told}), error.code)


class HouseForms(DjangoTemplates):
    """Renders every form of the house; its fields are `NamedField`s."""

    bound_field_class = NamedField
