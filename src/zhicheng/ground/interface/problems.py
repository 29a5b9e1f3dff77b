"""How the interface says no: RFC 9457, in the caller's language, with a sentence for every field."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhicheng.core.refused import Refused
from zhicheng.ground.interface.wording import TITLES, wrong_value
from zhicheng.ground.proceedings.api import Proceeding, StepConflict, StepRefused
from zhicheng.ground.ui.templatetags.house import sentence

PLACES = frozenset({"body", "query", "path", "header", "form", "file"})


class Problem(Schema):
    """Why a request was refused (RFC 9457). `fields` has a sentence for each value that was wrong.

    Build on `status`, `type` and the names in `fields`; the sentences are for people.
    """

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str] = {}

    model_config = {
        "extra": "allow",
        "json_schema_extra": {
            "examples": [
                {
                    "type": "https://quality.example/api/v1/docs#values",
                    "title": "Some values are wrong",
                    "status": 422,
                    "detail": "“category” is missing.",
                    "fields": {"category": "“category” is missing."},
                }
            ]
        },
    }


class Refusal(Exception):
    """Ends a request with a problem. `code` is one of `wording.TITLES`; `more` stands beside the sentence.

    `params` and `named` fill the places of the sentence.
    """

    def __init__(
        self, status: int, code: str, message: str, *, fields: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None, params: Mapping[str, object] | None = None, **named: object,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.params: dict[str, object] = {**(params or {}), **named}
        self.fields, self.more = dict(fields or {}), dict(more or {})


def problem(
    status: int, code: str, detail: str, fields: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The answer; `detail` and the sentences of `fields` are in the reader's language already."""
    body = {
        "type": f"{settings.BASE_URL}/api/v1/docs#{code}", "title": gettext(TITLES[code]), "status": status,
        "detail": detail, "fields": dict(fields or {}), **(more or {}),
    }  # fmt: skip
    answer = JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def answer_problems(api: NinjaAPI) -> None:
    """Has every refusal of an interface said as a problem."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _refusal(request: HttpRequest, one: Refusal) -> HttpResponse:
    fields = {name: sentence(text, one.params) for name, text in one.fields.items()}
    return problem(one.status, one.code, sentence(one.message, one.params), fields, one.more)


def _refused(request: HttpRequest, one: Refused) -> HttpResponse:
    detail, field = sentence(one.message, one.params), getattr(one, "field", "")
    return problem(422, "refused", detail, {field: detail} if field else {})


def _step_refused(request: HttpRequest, one: StepRefused) -> HttpResponse:
    told = [(each.field, sentence(each.message, each.params)) for each in one.refusals]
    return problem(
        422, "refused", _joined(text for _, text in told), {field: text for field, text in told if field}
    )


def _conflict(request: HttpRequest, one: StepConflict) -> HttpResponse:
    return problem(409, "moved", gettext("The matter was moved meanwhile; look at it again."))


def _invalid(request: HttpRequest, one: ValidationError) -> HttpResponse:
    """What does not fit the description, each value by its name."""
    fields: dict[str, str] = {}
    for error in one.errors:
        name = name_of(error["loc"])
        fields.setdefault(name, wrong_value(name, error))
    return problem(422, "values", _joined(fields.values()), fields)


def name_of(loc: Iterable[Any]) -> str:
    """Which value a checker means: `("body", "body", "reporter", "phone")` is `reporter.phone`."""
    parts = [str(part) for part in loc]
    if parts and parts[0] in PLACES:
        parts = parts[2:] if parts[0] in ("body", "form", "file") and len(parts) > 2 else parts[1:]
    return ".".join(parts) or "body"


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(sentences))


def _unread(request: HttpRequest, one: HttpError) -> HttpResponse:
    """What the framework refuses by itself: a body that is no JSON, a missing token against forgery."""
    if one.status_code == 403:
        return problem(403, "forgery", gettext("The token against forgery (X-CSRFToken) is missing or wrong."))
    return problem(
        one.status_code, "unreadable", gettext("The request cannot be read: JSON in UTF-8 was expected.")
    )


def _unknown_caller(request: HttpRequest, one: AuthenticationError) -> HttpResponse:
    return problem(401, "key", gettext("Send a key (Authorization: Bearer …) or sign in."))


def _missing(request: HttpRequest, one: Exception) -> HttpResponse:
    return problem(404, "missing", gettext("There is nothing of this name that you may see."))


def _forbidden(request: HttpRequest, one: PermissionDenied) -> HttpResponse:
    return problem(403, "scope", gettext("The account has no role that may do this."))


_ANSWERS: dict[type[Exception], Any] = {
    Refusal: _refusal,
    Refused: _refused,
    StepRefused: _step_refused,
    StepConflict: _conflict,
    ValidationError: _invalid,
    HttpError: _unread,
    AuthenticationError: _unknown_caller,
    Http404: _missing,
    Proceeding.DoesNotExist: _missing,
    PermissionDenied: _forbidden,
}
