"""The form of the portal: one case for one request key, and a receipt that is nobody else's."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from zhicheng.cases.models import Case
from zhicheng.core.clock import LOCAL
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.models import Entry
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.personal.api import unseal
from zhicheng.ground.personal.models import Contact
from zhicheng.ground.proceedings.models import Proceeding

ADDRESS = "/jining/complain/"
TOKEN = re.compile('"([A-Za-z0-9]{64})"')


def complain(browser: Client, township: Area, **changed: str) -> HttpResponse:
    """Opens the form and sends it."""
    (token, *_) = TOKEN.findall(browser.get(ADDRESS).content.decode())
    return browser.post(
        ADDRESS,
        {
            "csrfmiddlewaretoken": token, "request_key": str(uuid4()), "category": "leak",
            "county": str(township.parent_id), "township": str(township.id),
            "description": "入住后不久主卧窗台下方开始渗水。", "name": "王晓明", "phone": "13800000000", **changed,
        },
    )  # fmt: skip


def receipt(response: HttpResponse) -> list[str]:
    """Number and secret as they are shown."""
    assert response.status_code == 201, response.content.decode()
    return re.findall('class="zc-code">([^<]+)<', response.content.decode())


def test_a_complaint_opens_a_case_with_two_proceedings(browser: Client, township: Area, now: datetime) -> None:
    number, _ = receipt(complain(browser, township))
    case = Case.objects.get(number=number)
    opened = Proceeding.objects.filter(subject_kind="case", subject_id=case.id).order_by("id")
    assert [one.kind for one in opened] == ["case", "housing_quality"]
    entries = Entry.objects.filter(subject_kind="case", subject_id=case.id).order_by("number")
    assert [entry.number for entry in entries] == [1, 2]
    assert [b'"kind":"case"' in bytes(entry.body) for entry in entries] == [True, False]
    assert case.county_id == township.parent_id


def test_a_repeated_request_is_one_case_with_the_same_receipt(
    browser: Client, township: Area, now: datetime
) -> None:
    key = str(uuid4())
    first, again = (receipt(complain(browser, township, request_key=key)) for _ in range(2))
    other = receipt(complain(browser, township))
    assert first == again
    assert set(first).isdisjoint(other)
    assert Case.objects.count() == 2
    assert Contact.objects.count() == 2, "what a repeated request wrote before it was known is rolled back"


def test_what_was_typed_for_an_estate_is_an_address_and_stays_sealed(
    browser: Client, township: Area, now: datetime
) -> None:
    """Titles stand in lists, exports and search: nobody's address or name may."""
    receipt(complain(browser, township, site_text="阳光花园 王晓明家", place="3号楼501室"))
    case = Case.objects.get()
    assert case.title == f"渗漏 · {township.name}"
    assert case.reporter is not None
    assert unseal(case.reporter.address_sealed) == "阳光花园 王晓明家 3号楼501室"
    assert "阳光花园" not in str(Entry.objects.values_list("body"))


def test_a_chosen_estate_is_in_the_title(browser: Client, township: Area, now: datetime) -> None:
    estate = Site.objects.create(kind="project", name="阳光花园", sort_key="y", area=township)
    receipt(complain(browser, township, site_text="阳光花园", site=str(estate.id)))
    assert Case.objects.get().title == "渗漏 · 阳光花园"


def test_a_receipt_holds_nothing_of_somebody_elses(township: Area, now: datetime) -> None:
    pages, tokens = [], []
    for _ in range(3):
        browser = Client(enforce_csrf_checks=True)
        response = complain(browser, township)
        page = response.content.decode()
        assert "zcblank" not in page
        assert escape(township.name) in page
        pages.append(receipt(response))
        tokens.append(set(TOKEN.findall(page)))
        for token in tokens[-1]:
            assert browser.post("/i18n/setlang/", {"csrfmiddlewaretoken": token}).status_code == 302
    assert len({number for number, _ in pages}) == len({secret for _, secret in pages}) == 3
    assert tokens[0].isdisjoint(tokens[1])
    assert tokens[1].isdisjoint(tokens[2])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_receipt_speaks_the_visitors_language(township: Area, now: datetime, language: str) -> None:
    for each in ("en", "zh-hans"):
        receipt(complain(Client(headers={"accept-language": each}, enforce_csrf_checks=True), township))
    browser = Client(headers={"accept-language": language}, enforce_csrf_checks=True)
    page = complain(browser, township).content.decode()
    assert f'lang="{language}"' in page
    assert ("We have your complaint" in page) is (language == "en")


def test_a_citizen_is_not_told_of_keys_when_a_limit_is_missing(browser: Client, township: Area) -> None:
    LimitRow.objects.filter(key="housing.accept").delete()
    forget_loaded()
    response = complain(browser, township)
    page = response.content.decode()
    assert response.status_code == 422
    assert "housing.accept" not in page
    assert township.path not in page
    assert "暂时无法受理" in page
    assert "主卧窗台下方" in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "暂时无法受理"), ("en", "cannot be received just now")]
)
def test_a_citizen_keeps_what_they_typed_when_a_year_is_missing(township: Area, language: str, said: str) -> None:
    """Nobody has announced 2027 here: five working days from 30 December cannot be counted."""
    browser = Client(headers={"accept-language": language}, enforce_csrf_checks=True)
    with clock.fixed_at(datetime(2026, 12, 30, 9, tzinfo=LOCAL)):
        response = complain(browser, township)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "2027" not in page
    assert "主卧窗台下方" in page
    assert not Case.objects.exists()
