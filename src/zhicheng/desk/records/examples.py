"""Companies, buildings and products as an integrator is shown them over HTTP; all of them are invented."""

from typing import Any

from zhicheng.ground.interface.api import Example

_COMPANY: dict[str, Any] = {
    "id": 51, "name": "滕州晨光建材有限公司（模拟）", "kind": "company", "uscc": "91370481MA0543212T",
    "area": "370481001000", "industry": "3024", "address": "解放路9号", "simulated": False,
}  # fmt: skip
_COMPANY_SENT = {
    "name": _COMPANY["name"], "area": _COMPANY["area"], "uscc": _COMPANY["uscc"], "industry": "3024",
    "address": "解放路9号", "telephone": "0632-5550100",
}  # fmt: skip
_BUILDING: dict[str, Any] = {
    "id": 72, "kind": "building", "name": "3号楼", "parent": 70, "area": "370481001000", "address": "",
    "completed_on": "2020-05-01", "simulated": False,
}  # fmt: skip
_BUILDING_SENT = {"name": "3号楼", "kind": "building", "parent": 70, "completed_on": "2020-05-01"}
_DEVELOPER = {
    "organization": 50, "name": "滕州晨曦置业有限公司（模拟）", "role": "developer", "scope": "",
    "valid_from": "2018-03-01", "valid_to": None, "inherited": True,
}  # fmt: skip
_PRODUCT: dict[str, Any] = {
    "id": 90, "name": "防水卷材", "trademark": "", "model": "SBS 3mm", "standard": "GB 18242-2008",
    "industry": "3033", "producer": 51, "simulated": False,
}  # fmt: skip
_PRODUCT_SENT = {"name": "防水卷材", "model": "SBS 3mm", "standard": "GB 18242-2008", "producer": 51}
_PRODUCER = {**_DEVELOPER, "organization": 51, "name": _COMPANY["name"], "role": "producer", "inherited": False}
_LISTED = {"limit": 50, "q": "晨光"}
_ONCE = {"Idempotency-Key": "20261123-0043"}
EXAMPLES = {
    "list_organizations": Example(given=_LISTED, answer={"items": [_COMPANY], "after": None}),
    "get_organization": Example(given={"organization": 51}, answer=_COMPANY),
    "enter_organization": Example(given=_ONCE, sent=_COMPANY_SENT, answer=_COMPANY),
    "list_sites": Example(given={**_LISTED, "q": "3号楼"}, answer={"items": [_BUILDING], "after": "c2l0ZXM6NzI"}),
    "get_site": Example(given={"site": 72}, answer={**_BUILDING, "answering": [_DEVELOPER]}),
    "enter_site": Example(given=_ONCE, sent=_BUILDING_SENT, answer=_BUILDING),
    "list_products": Example(given={**_LISTED, "q": "防水卷材"}, answer={"items": [_PRODUCT], "after": None}),
    "get_product": Example(given={"product": 90}, answer={**_PRODUCT, "answering": [_PRODUCER]}),
    "enter_product": Example(given=_ONCE, sent=_PRODUCT_SENT, answer=_PRODUCT),
}
"""By the ids of the operations."""
PARAMETERS = {
    "organization": "The number of an organization.",
    "site": "The number of a site.",
    "product": "The number of a product.",
    "q": "Words that names, codes or addresses have to hold, each of two characters or more.",
}
"""What each parameter means, by its name."""
