"""One value in both forms: the same names, and JSON as the Spark convention maps it from XML."""

import json
from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

from zhicheng.cases.open311.schemas import (
    AttributeOut,
    CreatedOut,
    DefinitionOut,
    DiscoveryOut,
    EndpointOut,
    FaultOut,
    ValueOut,
)
from zhicheng.cases.open311.writing import answer

DEFINITION = DefinitionOut(
    service_code="leak",
    attributes=[
        AttributeOut(
            variable=True, code="demand", datatype="singlevaluelist", required=False, datatype_description="",
            order=1, description="要求 <x> & y", values=[ValueOut(key="a", name="A"), ValueOut(key="b", name="B")],
        )
    ],
)  # fmt: skip
MOMENT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_lists_name_their_entries_in_xml_alone() -> None:
    xml = fromstring(answer("service_definition", DEFINITION, "xml").content)
    assert xml.tag == "service_definition"
    assert xml.findtext("attributes/attribute/variable") == "true"
    assert [one.text for one in xml.findall("attributes/attribute/values/value/key")] == ["a", "b"]
    assert xml.findtext("attributes/attribute/description") == "要求 <x> & y"
    said = json.loads(answer("service_definition", DEFINITION, "json").content)
    assert said["attributes"][0]["values"] == [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}]
    assert said["attributes"][0]["variable"] is True


def test_headers_and_the_first_line() -> None:
    xml, said = answer("errors", [], "xml", 404), answer("errors", [], "json", 404)
    assert (xml.status_code, xml["Content-Type"]) == (404, "text/xml; charset=utf-8")
    assert xml.content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert fromstring(xml.content).tag == "errors"
    assert (said["Content-Type"], said.content) == ("application/json; charset=utf-8", b"[]")


def test_what_no_xml_may_hold_is_left_out() -> None:
    told = "a\x00\x0b\x1f\ud800\ufffeb\n\U0001f600"
    xml = fromstring(answer("errors", [FaultOut(code=400, description=told)], "xml").content)
    assert xml.findtext("error/description") == "ab\n\U0001f600"


def test_what_was_not_set_is_not_said_and_nothing_is_null() -> None:
    created = [CreatedOut(service_request_id="TS-1", service_notice="", account_id=None)]
    assert json.loads(answer("service_requests", created, "json").content) == [
        {"service_request_id": "TS-1", "service_notice": "", "account_id": None}
    ]
    xml = fromstring(answer("service_requests", created, "xml").content)
    assert [one.tag for one in xml[0]] == ["service_request_id", "service_notice", "account_id"]
    assert xml.tag == "service_requests"
    assert xml[0].tag == "request"


def test_moments_have_the_citys_offset() -> None:
    endpoint = EndpointOut(specification="s", url="u", changeset=MOMENT, type="test", formats=["text/xml"])
    directory = DiscoveryOut(changeset=MOMENT, contact="c", key_service="k", endpoints=[endpoint])
    xml = fromstring(answer("discovery", directory, "xml").content)
    assert xml.findtext("endpoints/endpoint/changeset") == "2026-11-23T10:00:00+08:00"
    assert xml.findtext("endpoints/endpoint/formats/format") == "text/xml"
