"""Saved views: kept under a name, one's own to change, shared with one's organization."""

from dataclasses import replace

import pytest
from django.http import Http404

from integration.ui.conftest import Ask, Places, html
from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.models import SavedView
from zhicheng.ground.ui.saved_views import MOST_VIEWS, list_saved_views

pytestmark = pytest.mark.usefixtures("companies")
SAVE = {"do": "save-view", "name": "Placed companies"}


def messages(response: object) -> list[str]:
    return response.request_messages  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def colleague(user: User, actor: Actor) -> Actor:
    other = User.objects.create(username="wang", name="王", organization=user.organization)
    return replace(actor, key=f"user:{other.pk}", user_id=other.pk)


@pytest.fixture
def stranger(places: Places, actor: Actor) -> Actor:
    body = Organization.objects.create(name="外局", sort_key="wai", kind="public_body", area=places.other)
    other = User.objects.create(username="zhao", name="赵", organization=body)
    return replace(actor, key=f"user:{other.pk}", user_id=other.pk, organization_id=body.pk)


def test_a_view_keeps_filters_and_order_and_is_offered_again(ask: Ask) -> None:
    response = ask(post=SAVE, kind="company", placed="1", sort="-since", after="", utm="x")
    assert response.status_code == 302
    assert response["Location"] == "/list?kind=company&placed=1&sort=-since"
    assert messages(response) == ["The view “Placed companies” is saved."]
    view = SavedView.objects.get()
    assert view.query == "kind=company&placed=1&sort=-since"
    page = html(ask(kind="company", placed="1", sort="-since"))
    assert 'aria-current="page">Placed companies' in page


def test_a_name_is_used_once_and_is_needed(ask: Ask) -> None:
    ask(post=SAVE)
    assert messages(ask(post=SAVE)) == ["You have a view called “Placed companies” already."]
    for name in ("", "  ", "x" * 61, "a\x00b"):
        assert messages(ask(post={**SAVE, "name": name})) == ["A view needs a name of 1 to 60 characters."]
    assert SavedView.objects.count() == 1


def test_a_filter_that_is_wrong_is_not_saved(ask: Ask) -> None:
    assert messages(ask(post=SAVE, kind="nonsense")) == ["Put the filters right first."]
    assert not SavedView.objects.exists()


def test_a_shared_view_reaches_the_organization_and_nobody_else(
    ask: Ask, actor: Actor, colleague: Actor, stranger: Actor
) -> None:
    ask(post=SAVE, kind="company")
    assert list_saved_views("test_companies", colleague) == []
    ask(post={**SAVE, "name": "For all", "shared": "1"}, kind="company")
    assert [view.name for view in list_saved_views("test_companies", colleague)] == ["For all"]
    assert list_saved_views("test_companies", stranger) == []
    assert list_saved_views("another_list", actor) == []
    assert list_saved_views("test_companies", Actor("public", "public")) == []


def test_only_the_owner_renames_and_deletes(ask: Ask, colleague: Actor) -> None:
    ask(post={**SAVE, "shared": "1"})
    view = str(SavedView.objects.get().pk)
    for act in ("rename-view", "delete-view"):
        with pytest.raises(Http404):
            ask(post={"do": act, "view": view, "name": "Mine"}, by=colleague)
    assert messages(ask(post={"do": "rename-view", "view": view, "name": "Better"})) == [
        "The view has its new name."
    ]
    assert SavedView.objects.get().name == "Better"
    assert messages(ask(post={"do": "delete-view", "view": view})) == ["The view is deleted."]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("view", ["", "x", "-1", "9" * 30, "0"])
def test_a_view_that_does_not_exist_is_not_found(ask: Ask, view: str) -> None:
    with pytest.raises(Http404):
        ask(post={"do": "delete-view", "view": view})


def test_a_rename_to_a_taken_name_is_refused(ask: Ask) -> None:
    ask(post=SAVE)
    ask(post={**SAVE, "name": "Second"})
    second = SavedView.objects.get(name="Second")
    response = ask(post={"do": "rename-view", "view": str(second.pk), "name": SAVE["name"]})
    assert "already" in messages(response)[0]


def test_there_is_an_end_to_keeping(ask: Ask, user: User) -> None:
    SavedView.objects.bulk_create(
        SavedView(user=user, list_key="test_companies", name=f"{n}", created_at="2026-01-01T00:00Z")
        for n in range(MOST_VIEWS)
    )
    assert "Delete one first" in messages(ask(post=SAVE))[0]


def test_the_public_keeps_nothing(ask: Ask) -> None:
    with pytest.raises(Http404):
        ask(post=SAVE, by=Actor("public", "public"))
    assert "Save this view" not in html(ask(by=Actor("public", "public")))
