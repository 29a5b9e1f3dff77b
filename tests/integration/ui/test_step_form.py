"""Steps taken by a form: what it asks, what it says back, and that it acts on what the person saw."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from integration.ui.conftest import Places
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.process import (
    Context,
    Need,
    NeedKind,
    Process,
    Refusal,
    Step,
    final,
    open_,
    staying,
)
from zhicheng.ground.files.api import Attachment
from zhicheng.ground.packs.api import Term, forget_loaded
from zhicheng.ground.parties.api import Organization, register_organization
from zhicheng.ground.personal.api import get_texts_by_hash
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import (
    SubjectKind,
    advance,
    open_proceeding,
    read_situation,
    register_process,
    register_subject,
)
from zhicheng.ground.ui.step_fields import ONE_LINE, field_for
from zhicheng.ground.ui.step_form import StepForm, StepTaken, run_step_form

OPENED = open_("opened", Role.CLERK, "Opened")
CLOSED = final("closed", "Closed")


def not_on_a_monday(context: Context) -> Refusal | None:
    return Refusal("Not on a Monday.") if context.now.day == 30 else None


NEEDS = (
    Need("cause", NeedKind.CODE, "Cause", catalogue="test.cause", hint="What was found."),
    Need("way", NeedKind.CHOICE, "Way", choices=(("phone", "By phone"), ("letter", "By letter"))),
    Need("due_on", NeedKind.DATE, "Due", from_today=True, at_most_days=30),
    Need("reason", NeedKind.TEXT, "Reason", max_length=120),
    Need("company", NeedKind.PARTY, "Company"),
    Need("papers", NeedKind.FILES, "Papers", required=False, max_files=2),
)
LETTER = Process(
    key="test_form", label="Letter", domain=Domain.MARKET, in_force=date(2020, 1, 1), states=(OPENED, CLOSED),
    steps=(
        Step("answer", OPENED >> CLOSED, Role.CLERK, "Answer", needs=NEEDS, guards=(not_on_a_monday,)),
        Step("note", staying(OPENED), Role.CLERK, "Note", needs=(replace(NEEDS[3], required=False),)),
    ),
)  # fmt: skip
GOOD = {"cause": "leak.roof", "way": "phone", "due_on": "2026-11-30", "reason": "because", "company": "锦绣置业"}


@pytest.fixture
def clerk(places: Places) -> Actor:
    body = Organization.objects.create(name="局", sort_key="ju", kind="public_body", area=places.county)
    reach = Reach(Role.CLERK, frozenset({body.pk}), (places.county.path,), frozenset({Domain.MARKET}))
    return Actor("user:1", "Zhang", (reach,), organization_id=body.pk)


@pytest.fixture
def company(places: Places, clerk: Actor, now: datetime) -> Organization:
    names = ("锦绣置业", "锦绣置业服务", "兴隆建筑")
    made = [
        register_organization(name=name, kind="company", area=places.county, by=clerk, now=now) for name in names
    ]
    return made[0]


@pytest.fixture
def proceeding(places: Places, clerk: Actor, company: Organization, now: datetime) -> Iterator[int]:
    register_process(LETTER)
    register_subject(
        SubjectKind(
            "test_form",
            lambda _: {},
            lambda _: None,
            address=lambda _: "/",
            titles=lambda _: {},
            public_address=str,
            contact=lambda _: None,
            handler=lambda _: None,
        )
    )
    group = Term.objects.create(
        catalogue="test.cause", code="leak", zh="渗漏", en="Leak", valid_from=date(2020, 1, 1)
    )
    for code, zh in (("leak.roof", "屋面"), ("leak.wall", "外墙")):
        Term.objects.create(
            catalogue="test.cause", code=code, zh=zh, en=code, parent=group, valid_from=date(2020, 1, 1)
        )
    forget_loaded()
    holder = clerk.organization_id
    yield open_proceeding(
        process=LETTER, subject=("test_form", 1), area=places.county, holder=holder, by=clerk, now=now
    )
    del registry._processes[LETTER.key], registry._subjects["test_form"]
    forget_loaded()


Send = Callable[..., StepTaken | StepForm]


@pytest.fixture
def send(proceeding: int, clerk: Actor, now: datetime, tmp_path: Path, settings: Settings) -> Send:
    """Sends the form: values by the needs' keys, as the browser would."""
    settings.FILES_ROOT = tmp_path

    def call(
        *, verb: str = "answer", by: Actor = clerk, number: int = 1, at: datetime = now, offers: Any = None,
        get: bool = False, **values: Any,
    ) -> StepTaken | StepForm:  # fmt: skip
        prefix = f"{proceeding}-{verb}-"
        data = {f"{prefix}{key}": value for key, value in {"expected_number": number, **values}.items()}
        request = RequestFactory().get("/") if get else RequestFactory().post("/", data)
        with translation.override("en"):
            return run_step_form(request, proceeding=proceeding, verb=verb, by=by, now=at, offers=offers or {})

    return call


def errors(result: StepTaken | StepForm) -> dict[str, list[str]]:
    assert isinstance(result, StepForm)
    with translation.override("en"):
        return {key: [str(message) for message in found] for key, found in result.errors.items()}


def page(result: StepTaken | StepForm, settings: Settings) -> str:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ROOT_URLCONF = "integration.ui.urls"
    with translation.override("en"):
        return render_to_string("ui/step_form.html", {"form": result})


def photo() -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(target, "JPEG")
    return SimpleUploadedFile("photo.jpg", target.getvalue(), "image/jpeg")


def test_the_form_asks_for_what_the_step_needs(send: Send, settings: Settings, now: datetime) -> None:
    html = page(send(get=True), settings)
    assert '<optgroup label="Leak"><option value="leak.roof">leak.roof</option>' in html
    assert html.count('type="radio"') == 2
    assert 'type="date"' in html
    assert 'min="2026-11-23"' in html
    assert 'max="2026-12-23"' in html
    assert 'maxlength="120"' in html
    assert "At most 120 characters." in html
    assert 'accept="image/*,application/pdf"' in html
    assert 'data-suggest-url="/ui/suggest/party"' in html
    assert 'name="' in html
    assert 'value="1"' in html, "the number of the last step that the person sees"


def test_a_good_form_takes_the_step(send: Send, proceeding: int, company: Organization) -> None:
    result = send(**GOOD, papers=[photo(), photo()])
    assert isinstance(result, StepTaken)
    assert result.taking is not None
    situation = read_situation(proceeding)
    assert situation is not None
    assert situation.state == "closed"
    data = situation.history[-1].data
    assert data["cause"] == "leak.roof"
    assert data["company"] == company.pk
    assert data["due_on"] == "2026-11-30"
    assert get_texts_by_hash(("proceeding", proceeding))[data["reason"]["text"]] == "because"
    assert Attachment.objects.filter(subject_kind="proceeding", subject_id=proceeding).count() == 2


def test_every_missing_value_is_named(send: Send) -> None:
    assert errors(send()) == {
        "cause": ["“Cause” is missing."],
        "way": ["“Way” is missing."],
        "due_on": ["“Due” is missing."],
        "reason": ["“Reason” is missing."],
        "company": ["“Company” is missing."],
    }


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("cause", "leak", "“leak” is not one of the choices for “Cause”."),
        ("way", "x", "“x” is not one of the choices for “Way”."),
        ("due_on", "30.11.2026", "“Due” must be a date such as 2026-11-23."),
        ("due_on", "2026-11-22", "“Due” must be 2026-11-23 or later."),
        ("due_on", "2026-12-24", "“Due” must be 2026-12-23 or earlier (30 days)."),
        ("reason", "x" * 121, "“Reason” has 121 characters; at most 120 are allowed."),
        ("reason", "a\x00", "Null characters are not allowed."),
        ("company", "无此公司", "nothing was found for “无此公司”"),
        ("company", "锦绣", "choose the one that you mean by “锦绣”"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_what_was_typed_stays(
    send: Send, settings: Settings, field: str, value: str, message: str
) -> None:
    result = send(**{**GOOD, field: value})
    found = errors(result)
    assert list(found) == [field]
    assert message in found[field][0]
    html = page(result, settings)
    assert 'value="2026-11-30"' in html or field == "due_on"
    assert "because" in html or field == "reason"


def test_a_new_line_counts_once(send: Send) -> None:
    assert isinstance(send(**{**GOOD, "reason": "ab\r\n" * 39 + "ab"}), StepTaken), "119 characters, 158 as sent"


def test_too_many_or_false_files_are_refused(send: Send, proceeding: int) -> None:
    many = send(**GOOD, papers=[photo(), photo(), photo()])
    assert "has 3 files; at most 2 are allowed" in errors(many)["papers"][0]
    false = send(**GOOD, papers=[photo(), SimpleUploadedFile("x.jpg", b"MZ not a photo", "image/jpeg")])
    assert list(errors(false)) == ["papers"]
    assert not Attachment.objects.exists()


def test_without_script_what_was_found_comes_back_to_choose_from(
    send: Send, settings: Settings, company: Organization
) -> None:
    result = send(**{**GOOD, "company": "锦绣"})
    html = page(result, settings)
    assert "锦绣置业服务" in html
    assert "<legend" in html
    chosen = Organization.objects.get(name="锦绣置业服务")
    taken = send(**{**GOOD, "company": "锦绣", "company_chosen": str(chosen.pk)})
    assert isinstance(taken, StepTaken)
    assert taken.taking is not None
    assert taken.taking.data["company"] == chosen.pk


def test_an_id_counts_only_with_the_name_it_stands_for(send: Send, company: Organization) -> None:
    other = Organization.objects.get(name="兴隆建筑")
    stale = send(**{**GOOD, "company": "锦绣置业", "company_id": str(other.pk)})
    assert isinstance(stale, StepTaken)
    assert stale.taking is not None
    assert stale.taking.data["company"] == company.pk


def test_an_offer_is_chosen_but_never_against_the_search(send: Send, company: Organization) -> None:
    other = Organization.objects.get(name="兴隆建筑")
    offers = {"company": [(other.pk, "兴隆建筑 (builder)")]}
    both = send(offers=offers, **{**GOOD, "company_chosen": str(other.pk)})
    assert "not both" in errors(both)["company"][0]
    taken = send(offers=offers, **{**GOOD, "company": "", "company_chosen": str(other.pk)})
    assert isinstance(taken, StepTaken)
    assert taken.taking is not None
    assert taken.taking.data["company"] == other.pk


@pytest.mark.parametrize("chosen", ["x", "9" * 40, "-1"])
def test_a_made_up_choice_is_refused(send: Send, chosen: str) -> None:
    assert list(errors(send(**{**GOOD, "company": "", "company_chosen": chosen}))) == ["company"]


def test_a_public_body_is_no_company(send: Send, clerk: Actor) -> None:
    result = send(**{**GOOD, "company": "", "company_chosen": str(clerk.organization_id)})
    assert "does not exist here" in errors(result)["company"][0]


def test_a_rule_that_refuses_is_said_above_the_form(send: Send, now: datetime) -> None:
    result = send(**{**GOOD, "due_on": "2026-12-10"}, at=now + timedelta(days=7))
    assert errors(result) == {"__all__": ["Not on a Monday."]}


def test_who_may_not_see_the_matter_finds_nothing(send: Send, clerk: Actor, places: Places) -> None:
    stranger = replace(clerk, reaches=(replace(clerk.reaches[0], organizations=frozenset({0}), areas=()),))
    for get in (True, False):
        with pytest.raises(Http404):
            send(by=stranger, get=get, **GOOD)
    with pytest.raises(Http404):
        send(verb="unknown")


def test_who_may_see_but_not_act_is_told(send: Send, clerk: Actor) -> None:
    reader = replace(clerk, key="user:9", reaches=(replace(clerk.reaches[0], role=Role.CALLER),))
    assert errors(send(by=reader, **GOOD)) == {"__all__": ["Your role does not allow this step here."]}


def test_a_form_sent_twice_is_taken_once(send: Send, proceeding: int) -> None:
    assert isinstance(send(**GOOD), StepTaken)
    again = send(**GOOD)
    assert isinstance(again, StepTaken)
    assert again.taking is None
    situation = read_situation(proceeding)
    assert situation is not None
    assert situation.number == 2


def test_a_matter_moved_meanwhile_is_explained_and_the_form_can_be_sent_again(
    send: Send, settings: Settings, proceeding: int, clerk: Actor, now: datetime
) -> None:
    colleague = replace(clerk, key="user:2")
    advance(proceeding=proceeding, verb="note", by=colleague, now=now, data={"reason": "seen"})
    result = send(**GOOD)
    [message] = errors(result)["__all__"]
    assert "Meanwhile “Note” was done (2026-11-23 17:30); the matter is now in the state “Opened”." in message
    html = page(result, settings)
    assert f'name="{proceeding}-answer-expected_number" value="2"' in html
    assert isinstance(send(**GOOD, number=2), StepTaken)


def test_a_step_that_is_no_longer_possible_is_explained(
    send: Send, proceeding: int, clerk: Actor, now: datetime, company: Organization
) -> None:
    send(**GOOD)
    result = send(by=replace(clerk, key="user:2"), **GOOD)
    assert "the matter is now in the state “Closed”" in errors(result)["__all__"][0]
    again = send(by=replace(clerk, key="user:2"), number=2, **GOOD)
    assert "cannot be taken while the matter is in the state “Closed”" in errors(again)["__all__"][0]


def test_a_form_that_does_not_say_what_was_seen_is_not_taken(send: Send) -> None:
    assert list(errors(send(number="", **GOOD))) == ["expected_number"]


def test_a_short_text_is_asked_for_in_one_line() -> None:
    def asked(length: int) -> str:
        need = Need("amount", NeedKind.TEXT, "Amount", max_length=length)
        return field_for(
            need, area_path="/", today=date(2026, 11, 23), opened_on=date(2026, 11, 23)
        ).widget.__class__.__name__

    assert (asked(ONE_LINE), asked(ONE_LINE + 1)) == ("TextInput", "Textarea")


def test_an_amount_is_taken_as_people_write_it_and_anything_else_named() -> None:
    need = Need("amount", NeedKind.MONEY, "Amount", required=False)
    field = field_for(need, area_path="/", today=date(2026, 11, 23), opened_on=date(2026, 11, 23))
    assert [field.clean(typed) for typed in ("", " 1,058.5 元")] == ["", "1058.50"]
    refused = r"“Amount” must be an amount in yuan such as 58\.50, of at most 999,999,999\.99\."
    with translation.override("en"), pytest.raises(ValidationError, match=refused):
        field.clean("abc")
