"""Notes to colleagues: who reads them, whom they mention, and that they can be deleted."""

from typing import Any
from uuid import uuid4

import pytest

from web.walk.matters import Matter
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.cases.erasure.services import erase_case
from zhicheng.core.access import Role
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.notes.models import Mention, Note
from zhicheng.ground.notices.models import Notice
from zhicheng.ground.personal.models import PersonalText

WORDS = "与住户约在周四上门"
INSIDE = ("t-clerk", "t-officer", "t-leader", "city", "caller")
OUTSIDE = ("s-officer", "t-company", "security", "audit")


@pytest.fixture
def matter(browsing: City) -> Matter:
    return browsing.worlds["t"].matters["rectified"]


def write(city: City, matter: Matter, by: str = "t-officer", **given: Any) -> Any:
    data = {"text": WORDS, "key": str(uuid4()), **given}
    return city.people[by].browser().post(f"/desk/notes/new/case/{matter.case.id}/", data)


def notes_on(matter: Matter) -> Any:
    return Note.objects.filter(about_id=matter.case.id)


def mentions_on(matter: Matter) -> Any:
    return Mention.objects.filter(note__about_id=matter.case.id)


def person(city: City, name: str) -> int:
    user = city.people[name].user
    assert user is not None
    return user.pk


def shown(city: City, matter: Matter, name: str) -> str:
    response = city.people[name].browser().get(f"/desk/cases/{matter.case.number}/")
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize("name", INSIDE)
def test_people_of_the_bodies_write_and_read(browsing: City, matter: Matter, name: str) -> None:
    assert write(browsing, matter, name).status_code == 302
    assert all(WORDS in shown(browsing, matter, one) for one in INSIDE)


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_does(browsing: City, name: str) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    assert write(browsing, matter).status_code == 302
    assert write(browsing, matter, name).status_code in (403, 404)
    assert WORDS not in shown(browsing, matter, name)
    assert notes_on(matter).count() == 1


def test_reporter_and_program_never_read_a_note(browsing: City) -> None:
    matter = browsing.worlds["t"].matters["closed"]
    write(browsing, matter)
    reporter = next(one for one in browsing.people.values() if one.tracked is not None and one.name == "reporter")
    tracked = reporter.tracked
    assert tracked is not None
    write(browsing, tracked)
    assert WORDS not in reporter.browser().get(f"/track/{tracked.case.number}/").content.decode()
    program = browsing.people["t-program"].browser()
    answer = program.get(f"/api/v1/cases/{matter.case.number}")
    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()


def test_whoever_is_mentioned_is_told_once_and_puts_it_away(browsing: City, matter: Matter) -> None:
    leader, key = person(browsing, "t-leader"), str(uuid4())
    for _ in range(2):
        assert write(browsing, matter, text=f"{WORDS} @t-clerk", mentioned=[leader], key=key).status_code == 302
    mentions = mentions_on(matter)
    assert {one.user_id for one in mentions} == {leader, person(browsing, "t-clerk")}
    told = Notice.objects.filter(template="mentioned", channel="inbox", subject_id=matter.case.id)
    assert {one.recipient_id for one in told} == {one.user_id for one in mentions}
    client = browsing.people["t-leader"].browser()
    assert "You are mentioned" in client.get("/desk/").content.decode()
    mine = mentions.get(user=leader)
    assert browsing.people["t-officer"].browser().post(f"/desk/notes/mentions/{mine.pk}/seen/").status_code == 404
    assert client.post(f"/desk/notes/mentions/{mine.pk}/seen/").status_code == 302
    assert "You are mentioned" not in client.get("/desk/").content.decode()


def test_who_may_not_see_the_matter_cannot_be_mentioned(browsing: City, matter: Matter) -> None:
    for given, said in (
        ({"text": f"{WORDS} @s-officer"}, "“s-officer” is nobody who may see this matter."),
        ({"mentioned": [person(browsing, "s-officer")]}, "Somebody you chose may not see this matter."),
        ({"mentioned": [person(browsing, "t-company")]}, "Somebody you chose may not see this matter."),
        ({"text": "  "}, "is missing."),
        ({"text": "字" * 1001}, "1000"),
    ):
        response = write(browsing, matter, **given)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert str(given.get("text", WORDS)).strip() in response.content.decode()
    assert not notes_on(matter).exists()
    assert not mentions_on(matter).exists()


def test_a_mention_goes_when_the_matter_does(browsing: City, matter: Matter) -> None:
    """Whoever no longer sees the matter is shown neither the note nor that it mentions them."""
    write(browsing, matter, mentioned=[person(browsing, "t-leader")])
    user = browsing.people["t-leader"].user
    assert user is not None
    user.grants.update(valid_to="2026-01-01")
    user.grants.create(role=Role.LEADER, organization=browsing.worlds["s"].body, valid_from="2026-01-01")
    assert "You are mentioned" not in browsing.people["t-leader"].browser().get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("t-officer", 302),
        ("t-leader", 302),
        ("t-clerk", 302),
        ("city", 302),
        ("s-leader", 404),
        ("t-company", 403),
    ],
)
def test_its_author_and_the_bodys_leader_delete_a_note(
    browsing: City, matter: Matter, name: str, status: int
) -> None:
    write(browsing, matter)
    note = notes_on(matter).get()
    client = browsing.people[name].browser()
    for _ in range(2):
        assert client.post(f"/desk/notes/{note.pk}/erase/").status_code == status
    deleted = name in ("t-officer", "t-leader")
    assert (WORDS in shown(browsing, matter, "t-clerk")) is not deleted
    acts = [entry.act for entry in list_entries(("case", matter.case.id))]
    assert acts.count("note.erase") == int(deleted)


def test_the_ledger_keeps_a_keyed_hash_and_the_text_goes_with_the_case(browsing: City) -> None:
    matter = browsing.worlds["t"].matters["closed"]
    write(browsing, matter)
    kept = PersonalText.objects.get(subject_kind="note", subject_id=notes_on(matter).get().pk)
    entry = list_entries(("case", matter.case.id)).last()
    assert entry is not None
    body = read_body(entry)
    assert WORDS not in str(body)
    assert kept.hash in str(body)
    leader = browsing.worlds["t"].actor(Role.LEADER)
    assert erase_case(case=matter.case, by=leader, reason="the reporter asked for it", now=NOW)
    kept.refresh_from_db()
    assert kept.text == ""


def test_notes_are_not_printed_with_the_case_and_neither_is_their_heading(browsing: City, matter: Matter) -> None:
    assert write(browsing, matter).status_code == 302
    panels = shown(browsing, matter, "t-officer").split('<section class="zc-panel"')
    (notes,) = [panel for panel in panels if "<h2>Notes to colleagues</h2>" in panel]
    assert WORDS in notes
    assert notes.startswith(' data-print="no">')
    (papers,) = [panel for panel in panels if "<h2>Papers</h2>" in panel]
    assert not papers.startswith(' data-print="no"')
