"""Saving, renaming and deleting views of a list, and finding those that a person may open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ui.models import LONGEST_NAME, LONGEST_QUERY, SavedView

MOST_VIEWS = 30
"""Views that one person may keep of one list."""


def list_saved_views(list_key: str, actor: Actor) -> list[SavedView]:
    """The person's own views of a list, then those that colleagues of their organization share, by name."""
    if actor.user_id is None:
        return []
    reach = Q(user_id=actor.user_id)
    if actor.organization_id is not None:
        reach |= Q(shared=True, user__organization_id=actor.organization_id)
    found = SavedView.objects.filter(reach, list_key=list_key).order_by("name", "id")
    return sorted(found, key=lambda view: view.user_id != actor.user_id)


def save_view(*, list_key: str, name: str, query: str, shared: bool, by: Actor, now: datetime) -> SavedView:
    """Keeps a view under a name. Raises Refused if the name is taken or unfit, or there are too many."""
    name = _fit(name)
    if len(query) > LONGEST_QUERY:
        raise Refused(words("This filter is too long to be saved."))
    own = SavedView.objects.filter(user_id=_person(by), list_key=list_key)
    if own.count() >= MOST_VIEWS:
        raise Refused(words("You keep {count} views of this list already. Delete one first."), count=MOST_VIEWS)
    with _name_free(name):
        return own.create(
            user_id=_person(by), list_key=list_key, name=name, query=query, shared=shared, created_at=now
        )


def rename_view(*, view: int, name: str, list_key: str, by: Actor) -> None:
    """Gives one's own view another name. Raises SavedView.DoesNotExist, and Refused as `save_view` does."""
    name = _fit(name)
    with _name_free(name):
        renamed = SavedView.objects.filter(pk=view, user_id=_person(by), list_key=list_key).update(name=name)
    if not renamed:
        raise SavedView.DoesNotExist(f"view {view} of {by.key}")


def delete_view(*, view: int, list_key: str, by: Actor) -> None:
    """Deletes one's own view. Raises SavedView.DoesNotExist."""
    deleted, _ = SavedView.objects.filter(pk=view, user_id=_person(by), list_key=list_key).delete()
    if not deleted:
        raise SavedView.DoesNotExist(f"view {view} of {by.key}")


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise SavedView.DoesNotExist("only people who are signed in keep views")
    return by.user_id


def _fit(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise Refused(words("A view needs a name of 1 to {limit} characters."), limit=LONGEST_NAME)
    return name


@contextmanager
def _name_free(name: str) -> Iterator[None]:
    """The database keeps names unique, whoever else is writing; this says so in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(words("You have a view called “{name}” already."), name=name) from error
