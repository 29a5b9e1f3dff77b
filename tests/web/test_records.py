"""Buildings, companies and products on the desk: entering, correcting, finding them, and by whom."""

from typing import Any

import pytest

from web.walk.people import City
from zhicheng.core.codes import make_organization_code, make_social_credit_code
from zhicheng.ground.objects.api import Product, Responsibility, Site
from zhicheng.ground.parties.api import Organization

KEY = "00000000-0000-4000-8000-0000000000fb"
CODE = make_social_credit_code("91370481" + make_organization_code("MA054321"))


def page(city: City, person: str, address: str, /) -> str:
    response = city.people[person].browser().get(address)
    assert response.status_code == 200, (address, response.status_code)
    return str(response.content.decode())


def send(city: City, person: str, address: str, /, **data: Any) -> Any:
    return city.people[person].browser().post(address, {"request_key": KEY, **data})


def company(city: City, **data: Any) -> dict[str, Any]:
    place = city.worlds["t"].place
    given = {"name": "滕州晨星建筑有限公司（模拟）", "uscc": CODE, "kind": "company", "area_text": place.name}
    return {**given, "area": place.id, **data}


def test_a_company_is_entered_from_the_list_and_found_by_its_code(browsing: City) -> None:
    assert "/desk/organizations/new/" in page(browsing, "t-clerk", "/desk/organizations/")
    for _ in range(2):
        response = send(browsing, "t-clerk", "/desk/organizations/new/", **company(browsing))
        assert response.status_code == 302
    entered = Organization.objects.get(uscc=CODE)
    assert response["Location"] == f"/desk/organizations/{entered.id}/"
    assert entered.name in page(browsing, "t-officer", f"/desk/search/?q={CODE}")
    assert entered.name in page(browsing, "t-officer", "/desk/organizations/?q=晨星建筑")
    assert "Nothing found" in page(browsing, "s-officer", f"/desk/search/?q={CODE}")


def test_a_known_code_is_named_and_linked_and_what_was_typed_is_kept(browsing: City) -> None:
    send(browsing, "t-clerk", "/desk/organizations/new/", **company(browsing))
    entered = Organization.objects.get(uscc=CODE)
    typed = company(browsing, name="又一家公司", address="解放路9号")
    response = send(browsing, "t-officer", "/desk/organizations/new/", **typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert f'href="/desk/organizations/{entered.id}/"' in text
    assert "又一家公司" in text
    assert "解放路9号" in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Name"),
        ("name", "名" * 121, "120"),
        ("uscc", "91370481MA0000000X", "check"),
        ("industry", "98", "01–97"),
        ("area_text", "亚特兰蒂斯", "亚特兰蒂斯"),
        ("kind", "public_body", "public_body"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browsing: City, field: str, value: str, said: str) -> None:
    before = Organization.objects.count()
    response = send(browsing, "t-clerk", "/desk/organizations/new/", **company(browsing, **{field: value}))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Organization.objects.count() == before


def test_a_place_outside_is_refused_though_its_id_is_sent(browsing: City) -> None:
    place = browsing.worlds["s"].place
    given = company(browsing, area=place.id, area_text=place.name)
    response = send(browsing, "t-clerk", "/desk/organizations/new/", **given)
    assert response.status_code == 422
    assert "not competent" in response.content.decode()


def test_a_correction_asks_for_its_reason_and_notices_another(browsing: City) -> None:
    one = browsing.worlds["t"].company
    address = f"/desk/organizations/{one.id}/revise/"
    text = page(browsing, "t-officer", address)
    seen = text.split('name="seen" value="')[1].split('"')[0]
    given = company(browsing, name=one.name, uscc="", telephone="0632-5551234", seen=seen)
    assert send(browsing, "t-officer", address, **given).status_code == 422
    for _ in range(2):
        assert send(browsing, "t-officer", address, **given, reason="licence").status_code == 302
    given["address"] = "解放路1号"
    late = send(browsing, "t-clerk", address, **given, reason="licence")
    assert late.status_code == 422
    assert "Meanwhile" in late.content.decode()


def test_a_building_is_corrected_and_what_stood_there_stays_readable(browsing: City) -> None:
    world = browsing.worlds["t"]
    address = f"/desk/sites/{world.site.id}/revise/"
    assert address in page(browsing, "t-officer", f"/desk/sites/{world.site.id}/")
    assert address not in page(browsing, "t-leader", f"/desk/sites/{world.site.id}/")
    seen = page(browsing, "t-officer", address).split('name="seen" value="')[1].split('"')[0]
    parent = world.site.parent
    assert parent is not None
    given = {
        "name": "改名楼", "area": world.site.area_id, "area_text": world.site.area.name, "parent": parent.id,
        "parent_text": parent.name, "completed_on": "2020-05-01", "seen": seen, "reason": "竣工验收备案表",
    }  # fmt: skip
    for _ in range(2):
        assert send(browsing, "t-officer", address, **given).status_code == 302
    text = page(browsing, "t-leader", f"/desk/sites/{world.site.id}/")
    assert f"<del>{world.site.name}</del> → 改名楼" in text
    assert "竣工验收备案表" in text
    late = send(browsing, "t-clerk", address, **{**given, "name": "又一楼"})
    assert late.status_code == 422
    assert "Meanwhile" in late.content.decode()


def test_a_building_with_cases_keeps_its_estate_and_says_why(browsing: City) -> None:
    world = browsing.worlds["t"]
    address = f"/desk/sites/{world.site.id}/revise/"
    seen = page(browsing, "t-officer", address).split('name="seen" value="')[1].split('"')[0]
    area = {"area": world.site.area_id, "area_text": world.site.area.name}
    given = {"name": world.site.name, **area, "parent_text": "", "seen": seen, "reason": "竣工验收备案表"}
    response = send(browsing, "t-officer", address, **given)
    assert response.status_code == 422
    assert "it stays where it is" in response.content.decode()
    world.site.refresh_from_db()
    assert world.site.parent is not None


def test_a_product_is_corrected_but_not_its_producer(browsing: City) -> None:
    product = browsing.worlds["t"].product
    address = f"/desk/products/{product.id}/revise/"
    text = page(browsing, "t-officer", address)
    assert 'name="producer"' not in text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    given = {"name": product.name, "model": "350型", "seen": seen}
    assert "reason" in send(browsing, "t-officer", address, **given).content.decode().lower()
    assert send(browsing, "t-officer", address, **given, reason="照").status_code == 422
    assert send(browsing, "t-officer", address, **given, reason="照标签更正").status_code == 302
    assert "→ 350型" in page(browsing, "t-officer", f"/desk/products/{product.id}/")


def test_an_estate_is_entered_with_its_buildings_once(browsing: City) -> None:
    place = browsing.worlds["t"].place
    given = {
        "kind": "project", "name": "新苑小区", "area": place.id, "area_text": place.name,
        "buildings": "1号楼\n2号楼\n\n1号楼",
    }  # fmt: skip
    for _ in range(2):
        assert send(browsing, "t-clerk", "/desk/sites/new/", **given).status_code == 302
    estate = Site.objects.get(name="新苑小区")
    assert sorted(estate.parts.values_list("name", flat=True)) == ["1号楼", "2号楼"]
    assert "新苑小区 2号楼" in page(browsing, "t-officer", "/desk/search/?q=新苑小区")
    assert "Nothing found" in page(browsing, "s-officer", "/desk/search/?q=新苑小区")
    text = page(browsing, "t-clerk", f"/desk/sites/{estate.id}/")
    assert f"/desk/sites/new/?of={estate.id}" in text
    assert f"/desk/sites/{estate.id}/answers/" in text
    assert f"/desk/sites/{estate.id}/answers/" not in page(browsing, "t-leader", f"/desk/sites/{estate.id}/")


def test_who_answers_is_recorded_and_ended_on_the_estates_page(browsing: City) -> None:
    world = browsing.worlds["t"]
    estate = world.site.parent
    assert estate is not None
    developer = Responsibility.objects.get(site=estate)
    builder = send(browsing, "t-clerk", "/desk/organizations/new/", **company(browsing))
    assert builder.status_code == 302
    given = {
        "role": "contractor", "organization": "滕州晨星建筑有限公司（模拟）", "answers_to": developer.id,
        "scope": "主体工程", "valid_from": "2019-03-01",
    }  # fmt: skip
    for _ in range(2):
        assert send(browsing, "t-officer", f"/desk/sites/{estate.id}/answers/", **given).status_code == 302
    said = Responsibility.objects.get(site=estate, role="contractor")
    assert said.answers_to == developer
    assert "主体工程" in page(browsing, "t-officer", f"/desk/sites/{world.site.id}/")
    end = f"/desk/responsibilities/{said.id}/end/"
    assert send(browsing, "t-officer", end, on="2018-01-01").status_code == 422
    assert send(browsing, "t-officer", end, on="2021-06-30").status_code == 302
    assert "2021-06-30" in page(browsing, "t-officer", f"/desk/sites/{estate.id}/")


def test_a_company_that_is_not_there_is_entered_first(browsing: City) -> None:
    world = browsing.worlds["t"]
    address = f"/desk/sites/{world.site.id}/answers/"
    response = send(browsing, "t-officer", address, role="contractor", organization="无此企业")
    text = response.content.decode()
    assert response.status_code == 422
    assert "无此企业" in text
    assert "/desk/organizations/new/" in text
    order = page(browsing, "t-officer", f"/desk/cases/{world.matters['accepted'].case.number}/")
    assert "/desk/organizations/new/" in order


def test_a_product_has_a_page_that_joins_what_is_known(browsing: City) -> None:
    world = browsing.worlds["t"]
    maker = {"producer": world.company.name, "producer_id": world.company.id}
    for _ in range(2):
        response = send(browsing, "market", "/desk/products/new/", name="止水带", model="ZS-300", **maker)
        assert response.status_code == 302
    product = Product.objects.get(name="止水带")
    text = page(browsing, "market", response["Location"])
    assert world.company.name in text
    assert "ZS-300" in page(browsing, "market", "/desk/products/?q=止水带")
    assert "止水带" in page(browsing, "market", "/desk/search/?q=ZS-300")
    assert f"/desk/products/{product.id}/" in page(browsing, "market", f"/desk/organizations/{world.company.id}/")
    assert "Nothing found" in page(browsing, "s-officer", "/desk/search/?q=止水带")
    stranger = browsing.people["s-officer"].browser()
    assert stranger.get(f"/desk/products/{product.id}/").status_code == 404


def test_papers_are_found_by_their_number(browsing: City) -> None:
    from zhicheng.ground.documents.api import Document

    case = browsing.worlds["t"].matters["ordered"].case
    paper = Document.objects.get(subject_id=case.id, form="rectification_order")
    assert f"/desk/papers/{paper.id}/" in page(browsing, "t-officer", f"/desk/search/?q={paper.number}")
    assert f"/desk/papers/{paper.id}/" not in page(browsing, "s-officer", f"/desk/search/?q={paper.number}")


@pytest.mark.parametrize("name", ["system", "security", "audit", "t-company"])
def test_whoever_is_not_staff_finds_none_of_them(browsing: City, name: str) -> None:
    from web.walk.moments import TODAY
    from zhicheng.desk.records.scope import visible_organizations, visible_products, visible_sites
    from zhicheng.ground.access.api import actor_for

    user = browsing.people[name].user
    assert user is not None
    actor = actor_for(user, TODAY)
    assert not any(seen(actor).exists() for seen in (visible_organizations, visible_products, visible_sites))


def test_lists_ask_no_more_for_more_rows(browsing: City, django_assert_max_num_queries: Any) -> None:
    client = browsing.people["city"].browser()
    for address in ("/desk/sites/", "/desk/organizations/", "/desk/products/"):
        client.get(address)
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200
