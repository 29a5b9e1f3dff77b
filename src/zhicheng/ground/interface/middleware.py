"""What Django itself refuses below the interface's address is said as a problem too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from zhicheng.core.words import words
from zhicheng.ground.interface.problems import problem

BELOW = "/api/"
KEPT = ("Allow", "Retry-After")
_SAID = {
    400: ("unreadable", words("The request cannot be read: JSON in UTF-8 was expected.")),
    403: ("scope", words("The account has no role that may do this.")),
    404: ("missing", words("There is nothing of this name that you may see.")),
    405: ("method", words("This address does not take this method.")),
    413: ("unreadable", words("The request is too large.")),
    503: ("away", words("The system is being started again. Send the same request again in a few seconds.")),
    500: ("failed", words("Something failed here, and was written down. Nothing was changed; try again later.")),
}


class ProblemMiddleware:
    """Turns pages that say no into problems, for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; headers such as Allow stay."""
        response = self.get_response(request)
        if not request.path.startswith(BELOW) or response.status_code not in _SAID:
            return response
        if response.headers.get("Content-Type") == "application/problem+json":
            return response
        code, message = _SAID[response.status_code]
        told = problem(response.status_code, code, gettext(message))
        for name in KEPT:
            if name in response.headers:
                told[name] = response.headers[name]
        return told
