"""A page of a list as its template needs it: heads, cells, addresses, words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from zhicheng.core.access import Actor
from zhicheng.ground.ui.lists.cells import write_rows
from zhicheng.ground.ui.lists.paging import COUNTED, Page, Place, count_up_to
from zhicheng.ground.ui.lists.reading import FilterForm, Reading
from zhicheng.ground.ui.lists.spec import Kind, RecordList
from zhicheng.ground.ui.models import SavedView
from zhicheng.ground.ui.saved_views import list_saved_views
from zhicheng.ground.ui.templatetags.house import words_of


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `href` is empty where the column does not sort."""

    label: str
    href: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view as a tab; `count` is for the component, which shows none here."""

    label: str
    url: str
    current: bool
    count: None = None


@dataclass(frozen=True)
class ListPage:
    """Everything that the templates of a list show. Addresses begin with a question mark: the page's own."""

    spec: RecordList[Any]
    form: FilterForm
    heads: list[Head]
    rows: list[SafeString]
    summary: str
    sort: str
    query: str
    first: str
    previous: str
    next: str
    filtered: bool
    tabs: list[Tab]
    own_views: list[SavedView]
    keeps: bool
    """Whether this person may save views and export: people who signed in."""
    choose: str
    """The page that takes the chosen rows; empty where none can be chosen."""


def present(spec: RecordList[Any], reading: Reading, page: Page, place: Place, actor: Actor) -> ListPage:
    """The page for the templates; reads the saved views, and counts the matches unless the page holds them all."""
    whole = not (page.previous or page.next)
    count = len(page.records) if whole else count_up_to(reading.rows, COUNTED)
    views = list_saved_views(spec.key, actor)
    return ListPage(
        spec=spec,
        form=reading.form,
        heads=_heads(spec, reading),
        rows=write_rows(spec, spec.presented(page.records, actor)),
        summary=_summary(len(page.records), count),
        sort="" if reading.sort.word == spec.default_sort else reading.sort.word,
        query=reading.query,
        first=f"?{reading.query}" if place.cursor else "",
        previous=_address(reading.query, "before", page.previous),
        next=_address(reading.query, "after", page.next),
        filtered=reading.filtered,
        tabs=_tabs(views, reading.query),
        own_views=[view for view in views if view.user_id == actor.user_id],
        keeps=actor.user_id is not None,
        choose=reverse(settings.PAGES[spec.choosing.page]) if spec.choosing else "",
    )


def _heads(spec: RecordList[Any], reading: Reading) -> list[Head]:
    heads = []
    for column in spec.shown:
        direction, href = "", ""
        if column.sort:
            current = reading.sort.key == column.key
            direction = ("desc" if reading.sort.descending else "asc") if current else ""
            word = f"-{column.key}" if direction == "asc" else column.key
            href = f"?{urlencode({**reading.given, 'sort': word})}"
        heads.append(Head(words_of(column.label), href, direction, column.kind is Kind.NUMBER))
    return heads


def _address(query: str, key: str, cursor: str) -> str:
    if not cursor:
        return ""
    params = QueryDict(query, mutable=True)
    params[key] = cursor
    return f"?{params.urlencode()}"


def _summary(shown: int, count: int) -> str:
    if count > COUNTED:
        return gettext("%(shown)s of more than %(count)s") % {"shown": shown, "count": f"{COUNTED:,}"}
    if shown == count:
        return ngettext("%(count)s record", "%(count)s records", count) % {"count": f"{count:,}"}
    return gettext("%(shown)s of %(count)s") % {"shown": shown, "count": f"{count:,}"}


def _tabs(views: list[SavedView], query: str) -> list[Tab]:
    if not views:
        return []
    return [
        Tab(gettext("All"), "?", not query),
        *(Tab(view.name, f"?{view.query}", view.query == query) for view in views),
    ]
