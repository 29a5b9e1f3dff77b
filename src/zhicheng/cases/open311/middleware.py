"""What Django itself refuses below Open311's addresses is said as Open311's errors too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from zhicheng.cases.open311.faults import faults
from zhicheng.core.words import words

BELOW = "/open311/"
_SAID = {
    400: words("The request cannot be read: a form in UTF-8 was expected."),
    404: words("There is nothing of this name that you may see."),
    405: words("This address does not take this method."),
    413: words("The request is too large."),
    500: words("Something failed here, and was written down. Nothing was changed; try again later."),
}


class FaultMiddleware:
    """Turns pages that say no into errors, for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; headers such as Allow stay."""
        response = self.get_response(request)
        if not request.path.startswith(BELOW) or response.status_code not in _SAID or _is_said(response):
            return response
        told = faults(request, response.status_code, [gettext(_SAID[response.status_code])])
        if "Allow" in response.headers:
            told["Allow"] = response.headers["Allow"]
        return told


def _is_said(response: HttpResponse) -> bool:
    """Whether the answer was written by this interface already."""
    return response.headers.get("Content-Type", "").startswith(("text/xml", "application/json"))
