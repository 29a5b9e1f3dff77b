"""How Open311 says no: a list of errors in the form of the address, whatever went wrong and wherever."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhicheng.cases.open311.schemas import FaultOut, Wire
from zhicheng.cases.open311.writing import answer
from zhicheng.core.refused import Refused
from zhicheng.ground.interface.api import Refusal, name_of, wrong_value
from zhicheng.ground.proceedings.api import StepRefused
from zhicheng.ground.ui.templatetags.house import sentence

KNOWN_STATUS = {401: 403, 403: 403, 404: 404}
"""The standard: 403 for a missing or wrong key, 404 for what does not exist, 400 for anything else."""


def faults(request: HttpRequest, status: int, sentences: Iterable[str]) -> HttpResponse:
    """The answer that says no, a sentence for each thing that is wrong."""
    said = [FaultOut(code=status, description=one) for one in dict.fromkeys(sentences)]
    return answer("errors", said, form_of(request.path), status)


def form_of(path: str) -> Wire:
    """The form that ends an address; XML, which every client reads, where there is none."""
    ending = path.rpartition(".")[2]
    return cast(Wire, ending) if ending in ("xml", "json") else "xml"


def answer_faults(api: NinjaAPI) -> None:
    """Has every refusal of an interface said as errors."""
    for kind, said in _ANSWERS.items():
        api.add_exception_handler(kind, said)


def _refusal(request: HttpRequest, one: Refusal) -> HttpResponse:
    told = [sentence(text, one.params) for text in one.fields.values()] or [sentence(one.message, one.params)]
    return faults(request, KNOWN_STATUS.get(one.status, 400), told)


def _refused(request: HttpRequest, one: Refused) -> HttpResponse:
    return faults(request, 400, [sentence(one.message, one.params)])


def _step_refused(request: HttpRequest, one: StepRefused) -> HttpResponse:
    """What a service asks for and was not told, by the name it is asked under."""
    return faults(request, 400, [_named(each.field, sentence(each.message, each.params)) for each in one.refusals])


def _named(field: str, told: str) -> str:
    return f"attribute[{field}]: {told}" if field else told


def _invalid(request: HttpRequest, one: ValidationError) -> HttpResponse:
    """A value that is not as described; an address that ends in no known form is one that does not exist."""
    if any(error["loc"][0] == "path" for error in one.errors):
        return _missing(request, one)
    named = [(name_of(error["loc"]), error) for error in one.errors]
    return faults(request, 400, [wrong_value(name, error) for name, error in named])


def _unread(request: HttpRequest, one: HttpError) -> HttpResponse:
    return faults(request, 400, [gettext("The request cannot be read: a form in UTF-8 was expected.")])


def _unknown_caller(request: HttpRequest, one: AuthenticationError) -> HttpResponse:
    return faults(request, 403, [gettext("An api_key is needed here: it is missing.")])


def _missing(request: HttpRequest, one: Exception) -> HttpResponse:
    return faults(request, 404, [gettext("There is nothing of this name that you may see.")])


def _forbidden(request: HttpRequest, one: PermissionDenied) -> HttpResponse:
    return faults(request, 403, [gettext("The account has no role that may do this.")])


_ANSWERS: dict[type[Exception], Any] = {
    Refusal: _refusal,
    Refused: _refused,
    StepRefused: _step_refused,
    ValidationError: _invalid,
    HttpError: _unread,
    AuthenticationError: _unknown_caller,
    Http404: _missing,
    PermissionDenied: _forbidden,
}
