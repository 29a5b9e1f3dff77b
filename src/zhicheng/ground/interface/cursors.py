"""Pages of a long list: each begins behind the last row of the one before, however many rows come meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground.interface.problems import Refusal

LONGEST = 64
MOST_ITEMS = 100


Row = TypeVar("Row", bound=Model)


def cursor_of(list_key: str, number: int) -> str:
    """Where a page of a list ends. Programs hand it back as it is, and read nothing from it.

    >>> read_cursor("cases", cursor_of("cases", 17))
    17
    """
    return urlsafe_b64encode(f"{list_key}:{number}".encode()).decode().rstrip("=")


def read_cursor(list_key: str, text: str) -> int:
    """The number in a cursor of this list; raises Refusal for anything else."""
    try:
        padded = text[:LONGEST].encode("ascii") + b"=" * (-len(text) % 4)
        key, _, number = urlsafe_b64decode(padded).decode("ascii").partition(":")
        if key == list_key and (id_ := read_id(number)) is not None:
            return id_
    except ValueError:
        pass
    told = words("This is no cursor of this list.")
    raise Refusal(422, "values", told, fields={"after": told})


def page_of(
    found: QuerySet[Row], limit: int, list_key: str, request: HttpRequest, response: HttpResponse
) -> tuple[list[Row], str | None]:
    """The first `limit` rows, and the cursor behind them if more follow: the answer links there."""
    rows = list(found[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    after = cursor_of(list_key, rows[limit - 1].pk)
    next_link(request, response, after)
    return rows[:limit], after


def next_link(request: HttpRequest, response: HttpResponse, after: str) -> None:
    """Says in the answer's head where the next page is."""
    query = {**{key: value for key, value in request.GET.items() if key != "after"}, "after": after}
    response["Link"] = f'<{settings.BASE_URL}{request.path}?{urlencode(query)}>; rel="next"'
