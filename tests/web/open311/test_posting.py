"""Requests posted by apps: where they lie, what is kept of them, once, and by whom."""

import json
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from web.interface.programs import of_county
from web.open311.asking import BASE, hotlines, request, xml
from web.walk.people import City
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.files.api import list_attachments
from zhicheng.ground.interface.api import Scope
from zhicheng.ground.objects.api import Site

REQUESTS = f"{BASE}/requests.json"


@pytest.fixture
def client(browsing: City) -> Client:
    return hotlines(browsing)[0]


def made(answer: Any) -> Case:
    """The case that an answer names."""
    assert answer.status_code == 201, answer.content.decode()
    return Case.objects.get(number=answer.json()[0]["service_request_id"])


def test_a_request_is_a_case_whose_reporter_can_follow_it(browsing: City, client: Client) -> None:
    answer = client.post(REQUESTS, request(browsing))
    case = made(answer)
    assert (case.source, case.category and case.category.code) == ("api", "leak")
    assert case.area == browsing.worlds["t"].place
    told = answer.json()[0]
    assert told["account_id"] is None
    secret = told["service_notice"].rpartition(" ")[2].rstrip(".")
    tracked = Client().post("/track/", {"number": case.number, "secret": secret})
    assert tracked.status_code == 302
    root = xml(client.post(f"{BASE}/requests.xml", request(browsing)))
    assert root.findtext("request/service_request_id") == case.number


def test_a_reporter_can_be_written_to_and_has_agreed_to_nothing(browsing: City, client: Client) -> None:
    reporter = made(client.post(REQUESTS, request(browsing, email="Fang@Example.org"))).reporter
    assert reporter is not None
    assert (reporter.masked.email, reporter.progress_agreed_at) == ("F***@example.org", None)


def test_an_address_that_is_none_is_refused(browsing: City, client: Client) -> None:
    answer = client.post(REQUESTS, request(browsing, email="fang"))
    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400)


@pytest.mark.parametrize("shown", ["posted", "header", "basic", "address"])
def test_a_key_is_shown_in_either_way(browsing: City, shown: str) -> None:
    _, key = hotlines(browsing)
    basic = "Basic " + b64encode(f"app:{key}".encode()).decode()
    header = {"header": f"Bearer {key}", "basic": basic}.get(shown)
    client = Client(enforce_csrf_checks=True, headers={"authorization": header} if header else {})
    data = request(browsing, api_key=key if shown == "posted" else None)
    made(client.post(f"{REQUESTS}?api_key={key}" if shown == "address" else REQUESTS, data))


@pytest.mark.parametrize("key", ["", "zck_wrong"])
def test_without_a_working_key_nothing_is_recorded(browsing: City, key: str) -> None:
    count = Case.objects.count()
    answer = Client(headers={"accept-language": "en"}).post(REQUESTS, request(browsing, api_key=key))
    assert (answer.status_code, answer.json()[0]["code"]) == (403, 403)
    assert Case.objects.count() == count


def test_a_browser_that_is_signed_in_is_no_key(browsing: City) -> None:
    person = browsing.people["t-clerk"].browser()
    assert person.post(REQUESTS, request(browsing)).status_code == 403


def test_a_reading_key_records_nothing(browsing: City) -> None:
    client, _ = hotlines(browsing, Scope.READ)
    assert client.post(REQUESTS, request(browsing)).status_code == 403


def test_nobody_records_what_they_are_not_competent_for(browsing: City) -> None:
    elsewhere = of_county(browsing, "s", Role.CLERK)
    assert elsewhere.post(REQUESTS, request(browsing)).status_code == 403


def test_the_same_again_is_one_request_with_one_answer(browsing: City, client: Client) -> None:
    first, again = (client.post(REQUESTS, request(browsing)) for _ in range(2))
    assert first.json() == again.json()
    other = client.post(REQUESTS, request(browsing, description="Another matter altogether."))
    assert made(other).number != made(first).number


def test_a_client_may_name_its_requests(browsing: City, client: Client) -> None:
    def post(key: str, **changes: Any) -> Any:
        return client.post(REQUESTS, request(browsing, **changes), headers={"idempotency-key": key})

    first, again, other = post("a"), post("a"), post("b")
    assert made(first) == made(again)
    assert made(other) != made(first)
    reused = post("a", description="Another matter altogether.")
    assert (reused.status_code, len(reused.json())) == (400, 1)


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ({"address_id": "370481000000"}, "滕州市"),
        ({"address_string": "山东省枣庄市滕州市荆河街道善国路8号"}, "荆河街道"),
        ({"address_string": "荆河街道善国路8号"}, "荆河街道"),
        ({"address_string": "滕州市善国路8号"}, "滕州市"),
        ({"address_string": "一条没有名字的路"}, "枣庄市"),
        ({"lat": "35.08", "long": "117.16"}, "滕州市"),
        ({"lat": "35.08", "long": "117.16", "address_string": "荆河街道善国路8号"}, "荆河街道"),
        ({"lat": "34.86", "long": "117.56", "address_string": "市中区"}, "市中区"),
    ],
)
def test_where_it_lies(browsing: City, client: Client, place: dict[str, str], area: str) -> None:
    case = made(client.post(REQUESTS, request(browsing, **{"address_id": None, **place})))
    assert case.area.name == area
    text = place.get("address_string")
    assert (case.reporter.address if case.reporter else "") == (text or "")


def test_a_village_is_found_by_the_name_that_people_use(browsing: City, client: Client) -> None:
    village = Area.objects.filter(path__startswith="/", level=5, name__endswith="村村委会").order_by("id")[0]
    spoken = village.name.removesuffix("委会")
    township = Area.objects.get(id=village.parent_id)
    county = Area.objects.get(id=township.parent_id)
    text = f"{county.name}{township.name}{spoken}"
    case = made(client.post(REQUESTS, request(browsing, address_id=None, address_string=text)))
    assert case.area == village


@pytest.mark.parametrize("where", ["number", "words"])
def test_a_building_is_found(browsing: City, client: Client, where: str) -> None:
    site = browsing.worlds["t"].site
    assert site.parent is not None
    address = f"滕州市荆河街道{site.parent.name}{site.name} 2单元501室"
    place = {"address_id": str(site.id)} if where == "number" else {"address_id": None, "address_string": address}
    assert made(client.post(REQUESTS, request(browsing, **place))).site == site


def test_of_two_buildings_that_fit_none_is_taken(browsing: City, client: Client) -> None:
    text = "滕州市荆河街道阳光花园"
    assert Site.objects.filter(area__path__startswith=browsing.worlds["t"].place.path).count() > 1
    assert made(client.post(REQUESTS, request(browsing, address_id=None, address_string=text))).site is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"service_code": None}, "“service_code” is missing."),
        ({"address_id": None}, "Say where it is"),
        ({"address_id": None, "lat": "35.0"}, "“lat” and “long” belong together"),
        ({"address_id": None, "lat": "35.0", "long": "17.0"}, "does not lie in 枣庄市"),
        ({"address_id": None, "lat": "north", "long": "17.0"}, "“lat” must be a number."),
        ({"address_id": None, "lat": "nan", "long": "17.0"}, "“lat”"),
        ({"address_id": "999999999999"}, "There is no place with the address_id 999999999999"),
        ({"address_id": "370800000000"}, "There is no place with the address_id 370800000000"),
        ({"address_id": "12345678901"}, "There is no place"),
        ({"description": "x" * 4001}, "“description” may have at most 4000 characters."),
        ({"description": "a\x00b"}, "“description”"),
        ({"phone": "12"}, ""), ({"phone": "1" * 31}, "“phone” may have at most 30 characters."),
        ({"media_url": "javascript:alert(1)"}, "“media_url”"),
        ({"attribute[nothing]": "x"}, "Nobody asks for “nothing”."),
        ({"attribute[kinds]": "nothing"}, "“nothing” does not follow"),
        ({"attribute[respondent]": "x" * 121}, "attribute[respondent]"),
        ({"service_code": "goods_quality"}, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(browsing: City, client: Client, changes: dict[str, Any], told: str) -> None:
    count = Case.objects.count()
    answer = client.post(REQUESTS, request(browsing, **changes))
    assert answer.status_code in (400, 403), answer.content
    assert answer.status_code == 400 or changes.get("service_code") == "goods_quality"
    assert any(told in one["description"] for one in answer.json()), answer.json()
    assert Case.objects.count() == count


def test_several_things_that_are_wrong_are_several_errors(browsing: City, client: Client) -> None:
    answer = client.post(REQUESTS, request(browsing, lat="x", long="y"))
    assert [one["code"] for one in answer.json()] == [400, 400]


def test_what_is_no_form_is_no_request(client: Client) -> None:
    answer = client.post(REQUESTS, json.dumps({"service_code": "leak"}), content_type="application/json")
    assert answer.status_code == 400


def test_little_is_needed_and_nothing_more_is_kept(browsing: City, client: Client) -> None:
    sent = {
        "service_code": "leak", "address_id": browsing.worlds["t"].place.code, "email": "fang@example.com",
        "device_id": "device-1", "account_id": "account-1", "media_url": "https://pictures.example/1.jpg",
    }  # fmt: skip
    case = made(client.post(REQUESTS, sent))
    assert case.reporter is not None
    assert (case.reporter.masked.email, case.reporter.masked.phone) == ("f***@example.com", "")
    told, noted = case.description.split("\n")
    assert told.startswith("Reported without words of their own: Water seepage, 山东省枣庄市滕州市荆河街道")
    assert noted == "Address of a file, not checked: https://pictures.example/1.jpg"
    for private in ("fang@", "device-1", "account-1"):
        assert private not in case.description


def test_files_are_checked_by_their_content(browsing: City, client: Client) -> None:
    written = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(written, "JPEG")

    def post(content: bytes) -> Any:
        photo = SimpleUploadedFile("wall.jpg", content, "image/jpeg")
        return client.post(REQUESTS, request(browsing, media=photo))

    count = Case.objects.count()
    assert post(b"MZ no picture").status_code == 400
    assert Case.objects.count() == count
    case = made(post(written.getvalue()))
    assert [one.name for one in list_attachments(("case", case.id))] == ["wall.jpg"]
    assert made(post(written.getvalue())) == case
    assert len(list_attachments(("case", case.id))) == 1
    too_many = [SimpleUploadedFile(f"{n}.jpg", b"x", "image/jpeg") for n in range(10)]
    assert client.post(REQUESTS, request(browsing, media=too_many)).status_code == 400
