"""The desk's navigation: each app adds its entries at start-up; a person sees those that their roles open."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from zhicheng.core.access import ADMINISTRATORS, ENTERING, Actor, Role


@dataclass(frozen=True)
class Entry:
    """One entry: an English label to translate, an icon, the name of a URL, who sees it, and its place."""

    label: str
    icon: str
    url_name: str
    roles: frozenset[Role]
    place: int = 100


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    label: str
    icon: str
    url: str
    current: bool


@dataclass(frozen=True)
class PublicEntry:
    """One entry of the portal's head: an English label to translate and the name of a URL."""

    label: str
    url_name: str


_entries: list[Entry] = []
_below: list[tuple[str, str]] = []
_public: list[PublicEntry] = []


def register_navigation(entry: Entry) -> None:
    """Adds an entry to the desk's navigation."""
    _entries.append(entry)
    _entries.sort(key=lambda one: (one.place, one.label))


def register_below(page: str, entry: str) -> None:
    """Says that a page belongs to another entry than its address: both are names of URLs."""
    _below.append((page, entry))


def register_public_navigation(entry: PublicEntry) -> None:
    """Adds an entry to the head of the portal."""
    _public.append(entry)


def public_navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The entries of the portal's head."""
    shown = []
    for entry in _public:
        url = reverse(entry.url_name)
        shown.append({"label": gettext(entry.label), "url": url, "current": request.path.startswith(url)})
    return shown


def navigation_for(request: HttpRequest) -> list[Shown]:
    """The entries that the signed-in person's roles open; nothing for the public."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return []
    roles = {reach.role for reach in actor.reaches}
    opened = [(entry, reverse(entry.url_name)) for entry in _entries if entry.roles & roles]
    here = _standing_at(request.path, {entry.url_name: url for entry, url in opened})
    return [Shown(entry.label, entry.icon, url, current=url == here) for entry, url in opened]


def _standing_at(path: str, opened: Mapping[str, str]) -> str:
    """The address of the entry below which a page stands: the longest that leads there, its own or registered."""
    ways = {url: url for url in opened.values()}
    ways |= {reverse(page): opened[entry] for page, entry in _below if entry in opened}
    return ways.get(max((way for way in ways if _leads_to(way, path)), key=len, default=""), "")


def _leads_to(url: str, path: str) -> bool:
    """Whether the path is the entry's page or lies below it; everything lies below the desk's own."""
    return path == url or (url != reverse(settings.LOGIN_REDIRECT_URL) and path.startswith(url))


def sees_matters(request: HttpRequest) -> bool:
    """Whether the signed-in person has a role that sees matters: administrators do not."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and any(reach.role not in ADMINISTRATORS for reach in actor.reaches)


def enters_records(request: HttpRequest) -> bool:
    """Whether the signed-in person enters companies and objects of some area."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and any(reach.areas for reach in actor.reaches if reach.role in ENTERING)
